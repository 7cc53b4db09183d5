import type { AgentCall, AgentCommand, AgentWish } from './agent-command.ts';

/** A program that the product does not know: it gets the prompt, and what it prints is its answer. */
export const anyCommand: AgentCommand = {
  title: 'The command',
  program: '',
  install: 'see the documentation of the program',
  signIn: 'see the documentation of the program',
  obeys: ['model'],
  call,
  read: null,
  resume: null,
  checkSignIn: null,
};

const placeholder = /\{(prompt|promptFile|model)\}/g;

function call(wish: AgentWish): AgentCall {
  const words = [...wish.command.slice(1), ...wish.extra];
  const values: Readonly<Record<string, string>> = {
    prompt: wish.prompt,
    promptFile: wish.promptFile ?? '',
    model: wish.model ?? '',
  };
  const args = words.map((word) => word.replace(placeholder, (_whole, name: string) => values[name] ?? ''));
  const takesPrompt = words.some((word) => word.includes('{prompt}') || word.includes('{promptFile}'));
  return takesPrompt ? { args } : { args, input: wish.prompt };
}
