import { defineService } from '../command.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { flag, text } from '../option.ts';

export const mcpCommand = defineService({
  name: 'mcp',
  summary: 'Start an MCP server for an agent, on standard input and output.',
  description: 'docs/agents.md explains how to add it to Claude, VS Code and Cursor.',
  positionals: {},
  options: {
    'read-only': flag('Offer only the tools that neither change nor run anything.'),
    'tool-prefix': text(
      'Put this before the name of each tool, for example schedule_, where another server has a tool of the same name.',
      'PREFIX',
    ),
  },
  answers: 'none, because standard output carries the protocol.',
  examples: [{ line: 'mcp --read-only', does: 'let an agent read tasks, runs and logs, but change nothing' }],
  stream: async (context, args) => {
    const { stdin, stdout, stderr, stop, version } = context.environment;
    const toolPrefix = args['tool-prefix'];
    if (toolPrefix !== undefined && !/^[A-Za-z][\w-]{0,19}$/.test(toolPrefix)) throw wrongPrefix(toolPrefix);
    const agentSide = await context.environment.agentSide();
    await agentSide.serve({
      application: context.application,
      version,
      readOnly: args['read-only'],
      toolPrefix,
      stdin,
      stdout,
      stop,
      onProblem: (problem) => void stderr.write(`mcp: ${problem.message}\n`),
    });
    // The conversation has ended: a test run that still runs here is cancelled and recorded before the ledger closes.
    await (await context.application().catch(() => null))?.stop();
    return 0;
  },
});

function wrongPrefix(prefix: string): SchedulerError {
  const message = `--tool-prefix has at most 20 ASCII letters, digits, _ and -, and begins with a letter, for example schedule_. "${prefix}" does not.`;
  return new SchedulerError('usage/invalid-value', message, { option: 'tool-prefix', value: prefix });
}
