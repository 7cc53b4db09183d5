import { formatBytes } from '../../../contract/sizes.ts';
import { defineCommand } from '../../command.ts';

export const serversKeptCommand = defineCommand({
  name: 'servers kept',
  reads: true,
  summary: 'List the MCP servers that run between two runs, and what each costs.',
  description:
    'The app and `serve` keep a server whose configuration has "keep": "10m" beside its command (docs/execution.md). There is more than one of a name if tasks have other variables or working folders.',
  positionals: {},
  options: {},
  answers:
    'kept: server, pid, startedAt, runs (that have used it), inFlight, memoryBytes, endsAt (null while a run uses it), isRetired (gets no further runs).',
  examples: [{ line: 'servers kept', does: 'see what is kept, and until when' }],
  run: async (context) => {
    const application = await context.application();
    return (await application.keptServers()).list();
  },
  text: ({ kept }, view) =>
    view.table(
      kept,
      [
        { title: 'SERVER', cell: ({ server }) => view.plain(server), whole: true },
        { title: 'PROCESS', cell: ({ pid }) => (pid === null ? 'starting' : String(pid)) },
        { title: 'SINCE', cell: ({ startedAt }) => view.instant(startedAt) },
        { title: 'RUNS', cell: ({ runs }) => String(runs) },
        { title: 'NOW', cell: ({ inFlight }) => String(inFlight) },
        { title: 'MEMORY', cell: ({ memoryBytes }) => (memoryBytes === null ? '-' : formatBytes(memoryBytes)) },
        { title: 'ENDS', cell: ({ endsAt }) => (endsAt === null ? 'in use' : view.instant(endsAt)) },
      ],
      'No MCP server is kept.',
    ),
});
