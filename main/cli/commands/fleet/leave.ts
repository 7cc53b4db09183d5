import { defineCommand } from '../../command.ts';

export const fleetLeaveCommand = defineCommand({
  name: 'fleet leave',
  byPerson: true,
  summary: 'Leave the fleet. Its tasks stay on this machine as local tasks, paused.',
  positionals: {},
  options: {},
  answers: 'told (the database knows it), problem (why not, or null), tasks: names of the tasks that are local now.',
  examples: [{ line: 'fleet leave', does: 'share nothing any more' }],
  run: async (context) => (await (await context.application()).fleet()).leave('cli'),
  text: ({ problem, tasks }, view) => {
    const left =
      tasks.length === 0
        ? 'Left the fleet.'
        : `Left the fleet. Now local, and paused: ${tasks.map((name) => view.plain(name)).join(', ')}.`;
    if (problem === null) return left;
    return `${left}\n${view.style('yellow', 'Note:')} the database still lists this machine: ${view.plain(problem)}`;
  },
});
