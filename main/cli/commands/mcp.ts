import { defineService } from '../command.ts';
import { flag } from '../option.ts';

export const mcpCommand = defineService({
  name: 'mcp',
  summary: 'Serve the same operations to an agent, as an MCP server on standard input and output.',
  description: 'docs/agents.md shows how to add it to Claude, VS Code and Cursor.',
  positionals: {},
  options: { 'read-only': flag('Offer only tools that change and run nothing.') },
  answers: 'nothing: standard output belongs to the protocol.',
  examples: [{ line: 'mcp --read-only', does: 'an agent can look, and change nothing' }],
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
    return 0;
  },
});
