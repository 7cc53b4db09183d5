import type { BackfillPreview } from '../../contract/backfill.ts';
import type { CliResult } from '../../contract/cli.ts';
import { exitCodes } from '../../contract/exit-codes.ts';
import { eventsOf } from '../../contract/schedule-rule.ts';
import { definedOf } from '../../domain/defined.ts';
import { defineCommand } from '../command.ts';
import { exitCodeOfRuns } from '../exit-code.ts';
import { flag, oneOf, required } from '../option.ts';
import { confirmed } from '../question.ts';
import { executionTable } from '../text/describe-execution.ts';
import { blocks } from '../text/describe-task.ts';
import type { TextView } from '../text/view.ts';
import { instant } from '../values/instant.ts';
import { taskPositional } from './positionals.ts';

const slotCount = (count: number): string => (count === 1 ? '1 slot' : `${count} slots`);

export const backfillCommand = defineCommand({
  name: 'backfill',
  summary: 'Run slots of the past, once each and in order.',
  description:
    'A slot that already ran does not run again unless --again says so. Runs one slot at a time; if the task allows overlapping runs, as many as concurrencyLimit in config.json. Pauses, conditions and the random delay do not count, no tasks run afterwards, and failures do not pause the task. Ctrl-C or TERM stops it; run the same command again to continue. NCP_SLOT is the time of the slot, and the runs have the trigger backfill.',
  positionals: taskPositional,
  options: {
    since: required(instant('Run the slots since then, for example 7d or "last monday".', 'past')),
    until: instant('Run the slots until then. Default: now.', 'past'),
    'only-missed': flag('Run only slots that were missed because no scheduler was running.'),
    again: oneOf(
      'Also run slots again whose run was cancelled or interrupted (unfinished), also those that failed (failed), or all.',
      ['unfinished', 'failed', 'all'],
    ),
    'dry-run': flag('Show which slots would run without running them.'),
    yes: flag('Run without asking. Needed where there is no terminal.'),
  },
  answers:
    'taskId, taskName, since, until; slots: those that run; left: how many do not (ran, notMissed, unknown); hint: why the period has no slot at all, if it has none; executions: the last run of each slot; next: the first slot that did not start, or null.',
  examples: [
    { line: 'backfill Report --since 7d --dry-run', does: 'show which slots of the last week would run' },
    { line: 'backfill Report --since 7d --only-missed --yes', does: 'run those that were missed' },
  ],
  run: async (context, args): Promise<CliResult<'backfill'>> => {
    const application = await context.application();
    const { task } = await (await application.tasks()).get(args.task);
    const { since, until, again } = args;
    const request = { taskId: task.id, since, ...definedOf({ until, again }), onlyMissed: args['only-missed'] };
    const backfills = await application.backfills();
    const preview = backfills.preview(request);
    const hint = hintFor(preview, eventsOf(task).length > 0);
    const nothing = { ...preview, executions: [], next: null, ...(hint === null ? {} : { hint }) };
    const count = slotCount(preview.slots.length);
    if (args['dry-run'] || preview.slots.length === 0) return { ...nothing, dryRun: args['dry-run'] };
    const ask = {
      question: `Run ${count} of "${task.name}"?`,
      unasked: `${count} of "${task.name}" would run. Add --yes to run them, or --dry-run to see them.`,
    };
    if (!args.yes && !(await confirmed(context.environment, ask))) return { ...nothing, dryRun: true };
    const done = context.progress(`Running ${count} of ${task.name}`);
    try {
      return { ...(await backfills.run(request, { stop: context.environment.stop })), dryRun: false };
    } finally {
      done();
    }
  },
  exitCode: ({ executions, next }) => (next === null ? exitCodeOfRuns(executions) : exitCodes.runFailed),
  text: async (result, view) =>
    blocks(
      result.dryRun ? result.slots.map((slot) => view.instant(slot)).join('\n') : '',
      result.executions.length === 0 ? '' : await executionTable(result.executions, view),
      summary(result, view),
    ),
});

/** Returns why there is nothing to run or to leave out; null if there is. */
function hintFor({ slots, left }: BackfillPreview, hasEvents: boolean): string | null {
  if (slots.length + left.ran + left.notMissed + left.unknown > 0) return null;
  return hasEvents
    ? 'An event has a slot only if it was noticed, and none was in this period.'
    : 'The task has no slot in this period; `next` shows its next ones.';
}

function summary(result: CliResult<'backfill'>, view: TextView) {
  const { dryRun, slots, left, executions, next, hint = '' } = result;
  const kept = [
    left.ran === 0 ? '' : `${slotCount(left.ran)} already ran.`,
    left.notMissed === 0 ? '' : `${slotCount(left.notMissed)} did not run for another reason; see \`why\`.`,
    left.unknown === 0
      ? ''
      : `${slotCount(left.unknown)} may have run: their records were lost or deleted. --again all runs them.`,
  ];
  const cut = executions.filter(({ status }) => status === 'cancelled' || status === 'interrupted').length;
  const unfinished =
    cut === 0 ? '' : `${slotCount(cut)} did not end; --again unfinished runs ${cut === 1 ? 'it' : 'them'} again.`;
  const stopped =
    next === null ? '' : `Stopped before the slot ${view.instant(next)}. Run the command again to continue.`;
  const ran = dryRun ? `${slotCount(slots.length)} would run.` : `${slotCount(executions.length)} ran.`;
  return [ran, stopped, unfinished, ...kept, hint].filter((sentence) => sentence !== '').join(' ');
}
