import { defineCommand } from '../command.ts';
import { permissionOf } from '../text/describe-client.ts';

export const clientsListCommand = defineCommand({
  name: 'clients list',
  summary: 'List the MCP clients (agents) that were here, with what each may do.',
  positionals: {},
  options: {},
  answers: 'clients: name, version, permission, tasks, maxTasks, runsLastHour, runsPerHour, pending, revokedAt.',
  examples: [{ line: 'clients list', does: 'each agent, what it may do and what it owns' }],
  run: async (context) => ({ clients: (await (await context.application()).agents()).clients.list() }),
  text: ({ clients }, view) =>
    view.table(
      clients,
      [
        { title: 'CLIENT', cell: ({ name }) => view.plain(name), whole: true },
        { title: 'VERSION', cell: ({ version }) => view.plain(version ?? '-') },
        { title: 'MAY', cell: (client) => permissionOf(client, view) },
        { title: 'TASKS', cell: ({ tasks, maxTasks }) => `${tasks}/${maxTasks}`, align: 'right' },
        { title: 'RUNS/H', cell: ({ runsLastHour, runsPerHour }) => `${runsLastHour}/${runsPerHour}`, align: 'right' },
        { title: 'WAITING', cell: ({ pending }) => String(pending), align: 'right' },
        { title: 'LAST SEEN', cell: ({ lastSeenAt }) => view.instant(lastSeenAt) },
      ],
      'No MCP client was here yet. docs/agents.md shows how to add one.',
    ),
});
