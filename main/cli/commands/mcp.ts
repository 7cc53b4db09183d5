import { defineService } from '../command.ts';
import { flag } from '../option.ts';

export const mcpCommand = defineService({
  name: 'mcp',
  summary: 'Start an MCP server for an agent, on standard input and output.',
  description: 'docs/agents.md explains how to add it to Claude, VS Code and Cursor.',
  positionals: {},
  options: { 'read-only': flag('Offer only the tools that neither change nor run anything.') },
  answers: 'none, because standard output carries the protocol.',
  examples: [{ line: 'mcp --read-only', does: 'let an agent read tasks, runs and logs, but change nothing' }],
  stream: async (context, args) => {
    const { stdin, stdout, stderr, stop, version } = context.environment;
    const agentSide = await context.environment.agentSide();
    await agentSide.serve({
      application: context.application,
      version,
      readOnly: args['read-only'],
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
