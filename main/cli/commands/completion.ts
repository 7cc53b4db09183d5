import { defineCommand } from '../command.ts';
import { oneOf, required } from '../option.ts';
import { completionShells } from '../manual/completion.ts';

export const completionCommand = defineCommand({
  name: 'completion',
  summary: 'Print a completion script for a shell.',
  positionals: { shell: required(oneOf('The shell to complete for.', completionShells, 'SHELL')) },
  options: {},
  answers: 'shell, script.',
  examples: [
    {
      line: 'completion bash > ~/.local/share/bash-completion/completions/ncp-scheduler',
      does: 'install completion for bash',
    },
    { line: 'completion fish > ~/.config/fish/completions/ncp-scheduler.fish', does: 'install completion for fish' },
  ],
  run: async (context, { shell }) => {
    const { completionScript } = await import('../manual/completion.ts');
    return { shell, script: completionScript(shell, await context.commands()) };
  },
  text: ({ script }) => script,
});
