import { defineCommand } from '../../command.ts';
import { permissionOf } from '../../text/describe-agent.ts';

export const agentsListCommand = defineCommand({
  name: 'agents list',
  reads: true,
  summary: 'List the agents that have connected, with their permissions and limits.',
  positionals: {},
  options: {},
  answers: 'clients: name, version, permission, tasks, maxTasks, runsLastHour, runsPerHour, pending, revokedAt.',
  examples: [{ line: 'agents list', does: 'show what each agent may do and how many tasks it owns' }],
  run: async (context) => ({ clients: (await (await context.application()).agents()).clients.list() }),
  text: ({ clients }, view) =>
    view.table(
      clients,
      [
        { title: 'AGENT', cell: ({ name }) => view.plain(name), whole: true },
        { title: 'VERSION', cell: ({ version }) => view.plain(version ?? '-') },
        { title: 'PERMISSION', cell: (client) => permissionOf(client, view) },
        { title: 'TASKS', cell: ({ tasks, maxTasks }) => `${tasks}/${maxTasks}`, align: 'right' },
        { title: 'RUNS/H', cell: ({ runsLastHour, runsPerHour }) => `${runsLastHour}/${runsPerHour}`, align: 'right' },
        { title: 'PENDING', cell: ({ pending }) => String(pending), align: 'right' },
        { title: 'LAST SEEN', cell: ({ lastSeenAt }) => view.instant(lastSeenAt) },
      ],
      'No agent has connected yet. docs/agents.md explains how to add one.',
    ),
});
