import { defineCommand } from '../command.ts';
import { instant } from '../values/instant.ts';
import { taskPositional } from './positionals.ts';

const reasons: Readonly<Record<string, string>> = {
  paused: 'the task was paused',
  'all-paused': 'all scheduled firing was paused',
  'skip-next': 'it was skipped on request',
  overlap: 'an earlier run was still going on',
  ended: "it is after the task's end date",
  'max-executions': 'the task had reached its number of executions',
  condition: 'a condition did not hold',
  missed: 'nothing was there to run it',
  'catch-up-window': 'it was older than the catch-up window',
  superseded: 'a later slot ran in its place',
  'read-only': 'the schedule could not be written',
  cancelled: 'it was cancelled before it began',
};

export const whyCommand = defineCommand({
  name: 'why',
  summary: 'Tell every expected slot of a task and what became of it, with the reason.',
  positionals: taskPositional,
  options: { since: instant('From then on: an instant, or 2d for the last two days. Default: one day.', 'past') },
  answers: 'slots, oldest first: slot, state (claimed, skipped, due, unaccounted), reason, detail, executionId.',
  examples: [{ line: 'why Backup --since "last monday"', does: 'why it did not run on Tuesday' }],
  run: async (context, { task, since }) => ({
    slots: (await (await context.application()).slots()).why(task, since),
  }),
  text: ({ slots }, view) =>
    view.table(
      slots,
      [
        { title: 'SLOT', cell: ({ slot }) => view.instant(slot), whole: true },
        { title: 'STATE', cell: ({ state }) => view.status(state === 'claimed' ? 'claimed' : state) },
        {
          title: 'WHY',
          cell: ({ reason, detail, executionId }) =>
            [
              reason === null ? '' : (reasons[reason] ?? reason),
              detail === null ? '' : view.plain(detail),
              executionId === null ? '' : `execution ${view.plain(executionId)}`,
            ]
              .filter((fact) => fact !== '')
              .join('; '),
        },
      ],
      'No slot was expected in this time.',
    ),
});
