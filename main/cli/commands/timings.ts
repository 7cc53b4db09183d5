import { defineCommand } from '../command.ts';

export const timingsCommand = defineCommand({
  name: 'timings',
  summary: 'List the timing groups: what runs together, when, and whether the OS knows.',
  positionals: {},
  options: {},
  answers: 'timings: id, name, cronExpression, timezone, taskIds, nextRuns, osEntry.',
  examples: [{ line: 'timings', does: 'each group with its next run and the state of its OS entry' }],
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
        { title: 'OS', cell: ({ osEntry }) => `${view.plain(osEntry.kind)} ${view.status(osEntry.state)}` },
      ],
      'No timing groups: they come with the first task.',
    ),
});
