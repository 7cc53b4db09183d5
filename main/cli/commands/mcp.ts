import { defineService } from '../command.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { flag, text } from '../option.ts';
import { askedOfClient, clientOptions, manageClient } from './mcp-clients.ts';

export const mcpCommand = defineService({
  name: 'mcp',
  summary: 'Start an MCP server for an agent, on standard input and output, or add it to the settings of an agent.',
  description: 'docs/agents.md describes what an agent can do, and how you approve it.',
  // Which agents use this server is for a person to decide.
  byPerson: (raw) => {
    const asked = (['install', 'uninstall'] as const).find((name) => raw.has(name));
    return asked === undefined ? null : `mcp --${asked}`;
  },
  positionals: {},
  options: {
    'read-only': flag('Offer only the tools that neither change nor run anything.'),
    'tool-prefix': text(
      'Put this before the name of each tool, for example schedule_, where another server has a tool of the same name.',
      'PREFIX',
    ),
    ...clientOptions,
  },
  answers:
    'none, because standard output carries the protocol. With --install and --uninstall: client, state, path, backup; with --print: program with snippet and path.',
  examples: [
    { line: 'mcp --read-only', does: 'let an agent read tasks, runs and logs, but change nothing' },
    { line: 'mcp --print claude-code', does: 'show the command that adds the server to Claude Code' },
    { line: 'mcp --install cursor --yes', does: 'add the server to the settings of Cursor' },
  ],
  stream: async (context, args) => {
    const asked = askedOfClient(args);
    if (asked !== null) return manageClient(context, asked, args.yes);
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
