import { defineCommand } from '../command.ts';
import { oneOf, required } from '../option.ts';
import { completionShells } from '../manual/completion.ts';

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Print a script that completes commands and options in a shell.',
  positionals: { shell: required(oneOf('The shell.', completionShells, 'SHELL')) },
  options: {},
  answers: 'shell, script.',
  examples: [
    { line: 'completion bash > ~/.local/share/bash-completion/completions/ncp-scheduler', does: 'for bash' },
    { line: 'completion fish > ~/.config/fish/completions/ncp-scheduler.fish', does: 'for fish' },
  ],
  run: async (context, { shell }) => {
    const { completionScript } = await import('../manual/completion.ts');
    return { shell, script: completionScript(shell, await context.commands()) };
  },
  text: ({ script }) => script,
});
