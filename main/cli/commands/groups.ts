import { defineCommand } from '../command.ts';

export const groupsCommand = defineCommand({
  name: 'groups',
  reads: true,
  summary: 'List groups with their schedule, next run and OS entry.',
  positionals: {},
  options: {},
  answers: 'timings: id, name, cronExpression, timezone, taskIds, nextRuns, osEntry.',
  examples: [{ line: 'groups', does: 'show the next run and the state of the OS entry of each group' }],
  run: async (context) => ({ timings: await (await (await context.application()).tasks()).timings() }),
  text: ({ timings }, view) =>
    view.table(
      timings,
      [
        { title: 'GROUP', cell: ({ id }) => view.plain(id), whole: true },
        { title: 'SCHEDULE', cell: ({ sentence }) => view.plain(sentence) },
        { title: 'ZONE', cell: ({ timezone }) => view.plain(timezone), spare: 1 },
        { title: 'TASKS', cell: ({ taskIds }) => String(taskIds.length), align: 'right', spare: 2 },
        { title: 'NEXT RUN', cell: ({ nextExecutionAt }) => view.instant(nextExecutionAt), whole: true },
        { title: 'OS ENTRY', cell: ({ osEntry }) => `${view.plain(osEntry.kind)} ${view.status(osEntry.state)}` },
      ],
      'No groups yet. Creating a task adds its group.',
    ),
});
