import type { OsSchedulerKind } from '../../../main/contract/os-scheduler-kinds.ts';
import type { TaskView, TimingView } from '../../../main/contract/task.ts';
import { formatMoment } from '../format.ts';

export const tasks = {
  runNow: 'Run now',
  pause: 'Pause',
  resume: 'Resume',
  edit: 'Edit',
  editNamed: (name: string) => `Edit ${name}`,
  duplicate: 'Duplicate',
  move: 'Move to another group…',
  delete: 'Delete',
  showRuns: 'Show runs',
  showLog: 'Show log',
  moreFor: (name: string) => `More actions for ${name}`,
  started: (name: string) => `“${name}” started.`,
  succeeded: (name: string, doubt?: string) =>
    doubt === undefined ? `“${name}” succeeded.` : `“${name}” succeeded, but is doubtful: ${doubt}`,
  failed: (name: string, why: string) => (why === '' ? `“${name}” failed.` : `“${name}” failed: ${why}`),
  deleted: (name: string) => `“${name}” was deleted.`,
  paused: (name: string) => `“${name}” is paused.`,
  moved: (name: string) => `“${name}” has a new schedule.`,
  neverRan: 'never ran',
  ran: 'ran',
  running: (count: number) => (count === 1 ? 'running' : `${count} running`),
  starts: (at: string, now: number) => `starts ${formatMoment(at, now)}`,
  /** Says why a task does not run on schedule. */
  whyNotRunning: (task: TaskView, now: number): string => {
    if (task.status === 'completed') return 'completed';
    if (task.status === 'error') return task.errorMessage ?? 'stopped by an error';
    const until = task.pausedUntil === undefined ? '' : ` until ${formatMoment(task.pausedUntil, now)}`;
    return task.pauseNote === undefined ? `paused${until}` : `paused${until}: ${task.pauseNote}`;
  },
} as const;

export const groups = {
  search: 'Search tasks',
  filter: 'Show tasks',
  once: 'once',
  inZone: (sentence: string, zone: string) => `${sentence} (${zone})`,
  zone: (zone: string) => `This schedule uses the time zone ${zone}.`,
  held: 'paused',
  moveTitle: (name: string) => `Move “${name}”`,
  moveTo: 'Group',
  chooseGroup: 'Choose a group',
  move: 'Move',
  before: 'Now',
  after: 'Then',
  nextAfterMove: (when: string) => `It next runs ${when}.`,
  noNextAfterMove: 'That group has no upcoming runs, so the task will not run again.',
  staysPaused: 'It stays paused until you resume it.',
  groupRemoved: 'It is the last task in its group. The group and its entry in the operating system will be removed.',
  noNext: 'no upcoming runs',
  unreadable: 'Your tasks cannot be read',
  unreadableHint:
    'They are still in the file. Nothing was changed or deleted, and nothing will be until the file can be read again. The message above says what is wrong.',
  chooseTask: 'Choose a task',
  empty: 'Nothing is scheduled yet',
  emptyHint:
    'A task is a command, an HTTP request or an MCP tool, with a schedule in plain words. Tasks with the same schedule form a group. Start from a recipe, or with one of these schedules:',
  examples: ['every weekday at 9am', 'every 15 minutes', 'first monday of the month at 10'],
  nothingFound: 'No matching tasks',
  nothingFoundHint: 'Search covers names, commands, tools, tags and schedules.',
} as const;

const kindNames: Readonly<Record<OsSchedulerKind, string>> = {
  systemd: 'systemd',
  cron: 'cron',
  launchd: 'launchd',
  windows: 'Task Scheduler',
  'in-process': 'this app',
};

const entryStates: Readonly<Record<TimingView['osEntry']['state'], string>> = {
  installed: 'installed',
  missing: 'not installed',
  drifted: 'changed',
  'in-process': 'this app only',
  'not-needed': 'not needed',
  unknown: 'unknown',
};

const entryExplanations: Readonly<Record<TimingView['osEntry']['state'], string>> = {
  installed: 'The operating system starts the tasks of this group, even when this app is closed.',
  missing: 'The operating system has no entry for this group, so it only runs while this app is open.',
  drifted: 'The entry in the operating system does not match this group.',
  'not-needed': 'No task in this group can run now, so the group needs no entry in the operating system.',
  'in-process': 'This app starts the tasks of this group, so they run only while the app is open.',
  unknown: 'The entry for this group could not be read from the operating system.',
};

export const osEntry = {
  /** A newer version on another machine may know further kinds. */
  kind: (kind: string) => (Object.hasOwn(kindNames, kind) ? kindNames[kind as OsSchedulerKind] : kind),
  state: entryStates,
  explain: entryExplanations,
} as const;

const runsOf = (count: number) => (count === 1 ? '1 run' : `${count} runs`);

/** Texts of the dialog that runs slots of the past. */
export const backfill = {
  menu: 'Run missed slots…',
  title: (name: string) => `Run missed slots of “${name}”`,
  period: 'Period',
  spans: { day: 'Last 24 hours', week: 'Last 7 days', month: 'Last 30 days' },
  onlyMissed: 'Only slots that were missed',
  onlyMissedHint: 'Otherwise also those that were skipped, and those from before the task existed.',
  nothing: 'There is nothing to run in this period.',
  effect: (count: number, first: string, last: string) =>
    count === 1
      ? `The slot of ${first} runs now, once.`
      : `${count} slots run now, once each and in order, from ${first} to ${last}.`,
  ran: (count: number) => `${count === 1 ? '1 slot has' : `${count} slots have`} already run.`,
  notMissed: (count: number) => `${count === 1 ? '1 slot was' : `${count} slots were`} skipped by a rule.`,
  unknown: (count: number) =>
    `${count === 1 ? '1 slot has no record and does' : `${count} slots have no record and do`} not run: they may have run before.`,
  isRunning: 'Missed slots of this task are running now.',
  run: (count: number) => (count === 0 ? 'Run' : `Start ${runsOf(count)}`),
  stop: 'Stop after this run',
  started: (name: string, count: number) => `${runsOf(count)} of “${name}” started.`,
  stopped: (name: string) => `No further missed slots of “${name}” will start.`,
} as const;
