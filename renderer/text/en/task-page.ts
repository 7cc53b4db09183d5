import { nextEventText, type EventName } from '../../../main/contract/events.ts';
import { formatDuration } from '../../../main/contract/durations.ts';
import type { RunsOn } from '../../../main/contract/fleet.ts';
import { formatBytes } from '../../../main/contract/sizes.ts';
import type { SlotFact, SlotFix } from '../../../main/contract/slot-explanation.ts';
import type { RunFigures, RunHint, StripGap, StripRun } from '../../../main/contract/task-report.ts';
import type { TaskTab } from '../../stores/route.ts';
import { formatDate, formatMoment, formatShare } from '../format.ts';
import { executions } from './executions.ts';
import { history } from './history.ts';
import { osEntry } from './tasks.ts';
import { timeline } from './timeline.ts';

const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`;

/** A number with at most one digit after the point: `3`, `2.5`. */
const rounded = (value: number): string => String(Math.round(value * 10) / 10);

const tabs: Readonly<Record<TaskTab, string>> = {
  runs: 'Runs',
  log: 'Log',
  schedule: 'Schedule',
  history: 'History',
  environment: 'Environment',
};

const fixes: Readonly<Record<SlotFix, string>> = {
  resume: 'Resume this task',
  'resume-all': 'Resume all schedules',
  'fix-entries': 'Fix the entry',
  'catch-up': 'Run missed slots later from now on',
  'run-missed': 'Run missed slots…',
  edit: 'Edit the task',
};

const entryNow = {
  missing: 'is missing now, so the operating system does not start this task',
  drifted: 'has been changed, and no longer matches the schedule',
} as const;

function factWords(fact: SlotFact, now: number): string {
  const moment = (instant: string) => formatMoment(instant, now);
  switch (fact.kind) {
    case 'paused':
    case 'all-paused': {
      const what = fact.kind === 'paused' ? 'The task was paused' : 'All schedules were paused';
      const until = fact.until === null ? '' : `, until ${moment(fact.until)}`;
      const note = fact.note === null ? '' : ` Note: ${fact.note}`;
      return `${what} ${moment(fact.at)} (${history.author(fact.author)})${until}.${note}`;
    }
    case 'skipped':
      return `The run was skipped on request ${moment(fact.at)} (${history.author(fact.author)}).`;
    case 'in-the-way':
      return fact.endedAt === null
        ? `A run that started ${moment(fact.startedAt)} is still going on.`
        : `A run that started ${moment(fact.startedAt)} ended ${moment(fact.endedAt)}, after this slot.`;
    case 'others-ran':
      return `“${fact.taskName}” started ${moment(fact.at)}, so the computer was on.`;
    case 'silence':
      return silenceWords(fact, moment);
    case 'entry':
      return fact.state === 'in-process'
        ? 'Only this app starts the task, and only while it is open.'
        : `Its entry in ${osEntry.kind(fact.scheduler)} ${entryNow[fact.state]}.`;
    case 'scheduler-note':
      return fact.message;
    case 'catch-up-off':
      return 'The task does not run missed slots later.';
    case 'start-date':
      return `The task starts ${moment(fact.at)}.`;
    case 'end-date':
      return `The task ended ${moment(fact.at)}.`;
    case 'run-limit':
      return `The task may run ${counted(fact.limit, 'time')}.`;
  }
}

function silenceWords(
  { since, until }: Extract<SlotFact, { kind: 'silence' }>,
  moment: (instant: string) => string,
): string {
  const from = since === null ? '' : ` after ${moment(since)}`;
  const to = until === null ? '' : ` The scheduler noticed ${moment(until)}.`;
  return `No other task started around this time${from === '' ? '' : `; none at all${from}`}. The computer was off or asleep, or you were not logged in.${to}`;
}

function hintWords(hint: RunHint, now: number): string {
  switch (hint.kind) {
    case 'always-fails':
      return `Always fails: all of its last ${hint.runs} runs failed.`;
    case 'slower':
      return `Slower than usual: its last ${hint.recentRuns} successful runs took ${formatDuration(hint.recentMs)}, ${rounded(hint.factor)} times the ${formatDuration(hint.usualMs)} of the ${hint.earlierRuns} before.`;
    case 'flaky':
      return `Flaky: it failed and recovered ${counted(hint.recoveries, 'time')} in its last ${counted(hint.runs, 'run')}.`;
    case 'short-log':
      return `Short log: its last run wrote ${formatBytes(hint.bytes)}, usual are ${formatBytes(hint.usualBytes)} (${hint.earlierRuns} runs before).`;
    case 'never-ran':
      return `Never ran, although it was due ${formatMoment(hint.since, now)}.`;
  }
}

/** Texts of the page of a task. */
export const taskPage = {
  open: (name: string) => `Open ${name}`,
  back: 'Back to tasks',
  gone: 'This task no longer exists',
  goneHint: 'It was deleted. Its runs are still listed under Runs. To restore it, undo the deletion under Activity.',
  unreadable: 'The runs of this task cannot be read',
  tabs,
  tabList: 'Parts of this page',
  status: {
    active: 'Active',
    paused: 'Paused',
    allPaused: 'All schedules are paused',
    completed: 'Completed',
    error: 'Stopped by an error',
    running: 'Running',
    failing: 'Failing',
    doubtful: 'Doubtful',
  },
  /** Who paused it, when, until when and why, as far as that is known. */
  pausedFacts: (
    by: { author: string; at: string } | null,
    { until, note }: { until: string | undefined; note: string | undefined },
    now: number,
  ): string =>
    [
      by === null ? 'Paused' : `Paused ${formatMoment(by.at, now)} (${history.author(by.author)})`,
      until === undefined ? 'until you resume it' : `until ${formatMoment(until, now)}`,
    ].join(', ') + (note === undefined ? '.' : `. Note: ${note}`),
  group: 'Group',
  next: 'Next runs',
  nextNone: 'No upcoming runs.',
  nextEvent: (events: readonly EventName[]) => `Runs ${nextEventText(events)}.`,
  onDemand: 'Runs only on demand: when you, an agent or another task starts it.',
  skipped: 'skipped',
  shared: {
    runsOn: ({ mode, tags }: RunsOn): string => {
      const members =
        tags.length === 0 ? 'the members of the fleet' : `the members of the fleet with ${tags.join(', ')}`;
      return `Runs on ${mode} of ${members}`;
    },
    hint: (revision: number, author: string): string => `Revision ${revision}, made on ${author}`,
  },
  skipNext: 'Skip next',
  notes: 'Notes',
  lastFailure: (when: string) => `Last failure, ${when}`,
  showInLog: 'Show in log',
  strip: 'Latest runs',
  stripEmpty: 'This task has not run yet.',
  stripKeys: 'Height: duration. Left and right arrow keys move between runs.',
  legend: [
    { sign: '×', word: 'failed' },
    { sign: 't', word: 'timed out' },
    { sign: '?', word: 'interrupted' },
    { sign: '!', word: 'doubtful' },
    { sign: '–', word: 'cancelled' },
    { sign: '○', word: 'did not run' },
  ],
  bar: (run: StripRun, lengthMs: number, now: number): string =>
    [
      run.doubtful ? 'Doubtful' : executions.status[run.status],
      formatMoment(run.startedAt, now),
      formatDuration(lengthMs),
      ...(run.attempt > 1 ? [executions.attempt(run.attempt)] : []),
      ...(run.reason === null ? [] : [run.reason]),
    ].join(', '),
  gap: ({ from, to, count, reason, detail }: StripGap, now: number): string => {
    const why = detail ?? (reason === null ? timeline.noReason : timeline.reasons[reason]);
    const when = formatMoment(from, now);
    return count === 1
      ? `Did not run ${when}: ${why}`
      : `${count} slots did not run, ${when} to ${formatMoment(to, now)}: ${why}`;
  },
  figures: 'Figures',
  /** Says over which runs the figures are. */
  over: ({ runs, since, isPartial }: RunFigures): string =>
    since === null
      ? 'No run has ended yet.'
      : `Over ${isPartial ? 'the last ' : 'all '}${counted(runs, 'run')}${runs > 1 ? ` since ${formatDate(since)}` : ''}`,
  successRate: 'Success rate',
  rate: ({ runs, successes }: RunFigures): string => (runs === 0 ? '–' : formatShare(successes / runs)),
  rateDetail: ({ runs, successes, doubtful }: RunFigures): string =>
    `${successes} of ${runs}${doubtful > 0 ? `, ${doubtful} doubtful` : ''}`,
  median: 'Median duration',
  p95: '95% take at most',
  tooFew: (least: number) => `known after ${least} successful runs`,
  streak: 'Streak',
  streakWords: ({ streak }: RunFigures): string => {
    if (streak === null) return '–';
    if (streak.isSuccess) return streak.count === 1 ? '1 success' : `${streak.count} successes`;
    return streak.count === 1 ? '1 failure' : `${streak.count} failures`;
  },
  streakDetail: 'in a row',
  hints: 'What is unusual',
  hint: hintWords,
  noRun: 'This task has not run yet',
  noRunHint: 'Its runs and their logs will be listed here.',
  period: 'Period',
  periods: { day: '24 hours', week: '7 days', month: '30 days' },
  didNotRun: 'Did not run',
  allRan: 'Every slot in this period ran.',
  slotReason: (reason: keyof typeof timeline.reasons | null): string =>
    reason === null ? timeline.noReason : timeline.reasons[reason],
  why: (moment: string) => `Why it did not run ${moment}`,
  fact: factWords,
  noFacts: 'No more is recorded about this slot.',
  noSlot: 'The schedule has no such slot now.',
  explaining: 'Looking for the reason…',
  fix: fixes,
  catchUpOn: (name: string) => `“${name}” now runs its latest missed slot later.`,
  showRun: 'Show that run',
  more: (count: number) => `Show ${count} more`,
  ownVariables: 'Variables of this task',
  directory: 'Working directory',
  compare: 'Environment of tasks and of your terminal',
} as const;
