import type { DecisionReason } from '../../../main/contract/execution.ts';

/** The reasons why a slot did not run. */
const reasons: Readonly<Record<DecisionReason, string>> = {
  unchanged: 'no change',
  calendar: 'a day that its calendars leave out',
  paused: 'the task was paused',
  'all-paused': 'everything was paused',
  'skip-next': 'skipped on request',
  overlap: 'the previous run had not finished',
  'not-started': 'the task’s start date was still to come',
  ended: 'the task’s end date had passed',
  'max-executions': 'the task had reached its run limit',
  condition: 'a condition was not met',
  budget: 'the budget was used up',
  missed: 'the machine was off or asleep',
  'catch-up-window': 'it was missed too long ago',
  superseded: 'a later run replaced it',
  'read-only': 'the tasks file could not be written',
  cancelled: 'it was cancelled',
  elsewhere: 'another member of the fleet started it',
  'not-eligible': 'this machine lacks what it needs',
};

export const timeline = {
  zoom: 'Zoom',
  zooms: { day: 'Day', three: '3 days', week: 'Week' },
  today: 'Now',
  region: 'Timeline',
  lanes: 'Groups over time',
  clocksChange: 'clocks change',
  run: (name: string, status: string, at: string, duration: string) => `${name}: ${status}, ${at}, ${duration}`,
  follows: (name: string) => `Ran after ${name}`,
  leads: (names: readonly string[]) => `Led to: ${names.join(', ')}`,
  planned: (name: string, at: string) => `${name}: due ${at}`,
  missed: (name: string, at: string, reason: string) => `${name} did not run ${at}: ${reason}`,
  reasons,
  noReason: 'no record; the machine was probably off',
  several: (count: number, first: string) => `${count} runs at this point. The first:\n${first}`,
  summary: (marks: number, failed: number) => `${marks} past and upcoming runs, ${failed} failed`,
  empty: 'Nothing to show yet',
  emptyHint: 'Create a task to see its past and upcoming runs here, with one lane per group.',
  load: 'Concurrent starts',
  loadHint: (limit: number) => `Up to ${limit} tasks run at the same time. The others wait their turn.`,
  loadPartial: 'too many to count',
  waited: (count: number, longest: string) =>
    count === 0 ? '' : `${count === 1 ? '1 run' : `${count} runs`} waited up to ${longest} in 24 h`,
  quiet: (when: string) => `${when}: nothing starts`,
  busy: (when: string, starts: number, most: number, limit: number) => {
    const together = most > 1 ? `, ${most} in the same minute` : '';
    const crowded = most > limit ? `: more than the limit of ${limit}, so some wait` : '';
    return `${when}: ${starts === 1 ? '1 task starts' : `${starts} tasks start`}${together}${crowded}`;
  },
  legend: {
    ...{ success: 'success', failure: 'failed', doubtful: 'doubtful', planned: 'due', skipped: 'skipped or missed' },
    ...{ follows: 'ran after another run', leads: 'led to other runs' },
    crowded: 'more starts than can run at once',
  },
} as const;
