import type { SlotRecord } from '../../contract/execution.ts';
import type { TextView } from '../text/view.ts';
import { defineCommand } from '../command.ts';
import { blocks } from '../text/describe-task.ts';
import { instant } from '../values/instant.ts';
import { taskPositional } from './positionals.ts';

const reasons: Readonly<Record<string, string>> = {
  paused: 'the task was paused',
  'all-paused': 'all schedules were paused',
  'skip-next': 'skipped on request',
  overlap: 'the previous run had not finished',
  ended: "after the task's end date",
  'max-executions': 'the task had reached its run limit',
  condition: 'a condition was not met',
  budget: 'the budget was used up',
  unchanged: 'no change',
  calendar: 'a day that its calendars leave out',
  missed: 'the scheduler was not running',
  'catch-up-window': 'older than the catch-up window',
  superseded: 'a later slot ran instead',
  'read-only': 'the schedule was read-only',
  cancelled: 'cancelled before it started',
  elsewhere: 'another member of the fleet started it',
  'not-eligible': 'this machine lacks what the task needs',
};

/** Reasons whose detail, if there is one, is the whole explanation. */
const explainedByDetail: ReadonlySet<string> = new Set([
  'overlap',
  'condition',
  'budget',
  'calendar',
  'unchanged',
  'missed',
  'catch-up-window',
  'superseded',
  'elsewhere',
  'not-eligible',
]);

/** Returns how the run of a slot ended, or what became of a slot without a run. */
const stateOf = ({ state, outcome, executionId }: SlotRecord): string =>
  outcome === undefined || executionId === null ? state : outcome;

export const whyCommand = defineCommand({
  name: 'why',
  reads: true,
  summary: 'Show what happened at each slot of a task, and why.',
  positionals: taskPositional,
  options: { since: instant('Show the slots since then, for example 2d for the last two days. Default: 1d.', 'past') },
  answers:
    'slots, oldest first: slot, state (claimed, skipped, due, unaccounted), reason, detail, executionId, outcome (how the last attempt ended). attention: what is late, takes too long, is overdue or has used up its budget now.',
  examples: [{ line: 'why Backup --since "last monday"', does: 'find out why it did not run on Tuesday' }],
  run: async (context, { task, since }) => {
    const slots = await (await context.application()).slots();
    return { slots: await slots.whyInFleet(task, since), attention: slots.attention(task) };
  },
  text: async ({ slots, attention }, view) =>
    blocks(
      attention.map(({ message }) => view.plain(message)).join('\n'),
      await view.table(
        slots,
        [
          { title: 'SLOT', cell: ({ slot }) => view.instant(slot), whole: true },
          { title: 'STATE', cell: (record) => view.status(stateOf(record)) },
          {
            title: 'WHY',
            cell: (record) => explanation(record, view),
          },
        ],
        'No slots in this period. A task that runs only on demand has none, and events have none before they happen: `runs` lists the runs.',
      ),
    ),
});

function explanation({ reason, detail, executionId }: SlotRecord, view: TextView): string {
  const shown = detail === null ? null : view.plain(detail);
  if (reason === 'missed' && shown !== null) return `missed: ${shown}`;
  if (reason !== null && shown !== null && explainedByDetail.has(reason)) return shown;
  return [
    [reason === null ? '' : (reasons[reason] ?? reason), shown ?? ''].filter((fact) => fact !== '').join(': '),
    executionId === null ? '' : `run ${view.plain(executionId)}`,
  ]
    .filter((fact) => fact !== '')
    .join('; ');
}
