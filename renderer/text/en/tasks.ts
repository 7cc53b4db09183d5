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
  showRuns: 'Show its runs',
  showLog: 'Show log',
  moreFor: (name: string) => `More for ${name}`,
  started: (name: string) => `“${name}” started.`,
  deleted: (name: string) => `“${name}” was deleted.`,
  paused: (name: string) => `“${name}” is paused.`,
  moved: (name: string) => `“${name}” has another schedule now.`,
  neverRan: 'never ran',
  ran: 'ran',
  running: (count: number) => (count === 1 ? 'running' : `${count} running`),
  /** Why a task does not run on schedule. */
  resting: (task: TaskView, now: number): string => {
    if (task.status === 'completed') return 'completed';
    if (task.status === 'error') return task.errorMessage ?? 'stopped by an error';
    const until = task.pausedUntil === undefined ? '' : ` until ${formatMoment(task.pausedUntil, now)}`;
    return task.pauseNote === undefined ? `paused${until}` : `paused${until}: ${task.pauseNote}`;
  },
} as const;

export const groups = {
  search: 'Search tasks',
  filter: 'Show tasks',
  filters: {
    all: 'All tasks',
    active: 'Active',
    paused: 'Paused',
    failing: 'Failing',
    completed: 'Completed',
  },
  tasksOf: (sentence: string) => `Tasks: ${sentence}`,
  showAll: (count: number) => `Show all ${count} tasks`,
  once: 'once',
  zone: (zone: string) => `This schedule is read in ${zone}.`,
  held: 'held',
  moveTitle: (name: string) => `Move “${name}”`,
  moveTo: 'Group',
  chooseGroup: 'Choose a group',
  move: 'Move',
  before: 'Now',
  after: 'Then',
  nextAfterMove: (when: string) => `It runs next ${when}.`,
  noNextAfterMove: 'Nothing is ahead in that group: it does not run again.',
  staysAtRest: 'It stays at rest until you resume it.',
  groupGoes: 'It is the last of its group, which goes, with its entry in the operating system.',
  noNext: 'nothing ahead',
  unreadable: 'Your tasks cannot be read',
  unreadableHint:
    'They are still in the file: nothing was changed or deleted, and nothing will be until it can be read again. What is wrong with it stands above.',
  empty: 'Nothing is scheduled yet',
  emptyHint:
    'A task is a command, a web request or an MCP tool, and a time in plain words. Tasks with the same time form a group. Start with one of these:',
  examples: ['every weekday at 9am', 'every 15 minutes', 'first monday of the month at 10'],
  nothingFound: 'No task fits',
  nothingFoundHint: 'Search looks at names, commands, tools, tags and schedules.',
} as const;

const kindNames: Readonly<Record<string, string>> = {
  systemd: 'systemd',
  cron: 'cron',
  launchd: 'launchd',
  windows: 'Task Scheduler',
  'in-process': 'this app',
};

const entryStates: Readonly<Record<TimingView['osEntry']['state'], string>> = {
  installed: 'installed',
  missing: 'not installed',
  drifted: 'changed by someone',
  'in-process': 'in this app',
  'not-needed': 'at rest',
  unknown: 'not known',
};

const entryExplanations: Readonly<Record<TimingView['osEntry']['state'], string>> = {
  installed: 'The operating system starts this group, also when this app is closed.',
  missing: 'The operating system has no entry for this group: it only runs while this app is open.',
  drifted: 'The entry in the operating system is not the one this group needs.',
  'not-needed': 'No task of this group may run now, so the operating system has no entry for it.',
  'in-process': 'This app starts the group itself: it only runs while the app is open.',
  unknown: 'The operating system could not be asked for this group’s entry.',
};

export const osEntry = {
  kind: (kind: string) => kindNames[kind] ?? kind,
  state: entryStates,
  explain: entryExplanations,
} as const;
