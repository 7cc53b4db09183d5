import type { OtherJob } from '../../../main/contract/other-jobs.ts';

const tasks = (count: number): string => (count === 1 ? '1 other task runs' : `${count} other tasks run`);

/** Texts for what the other schedulers of this machine run. */
export const others = {
  table: 'Tasks of other schedulers',
  hint: 'What other schedulers here run. Nothing is changed there unless you move a task in.',
  note: (count: number, failed: number, overdue: number) =>
    [
      `${tasks(count)} on this machine`,
      ...(failed > 0 ? [`${failed} failed`] : []),
      ...(overdue > 0 ? [`${overdue} overdue`] : []),
    ].join(' · '),
  search: 'Search these tasks',
  place: 'Scheduler',
  anyPlace: 'All schedulers',
  again: 'Read again',
  loading: 'Reading the other schedulers…',
  unreadable: 'The other schedulers could not be read',
  empty: 'No other tasks',
  emptyHint: 'The other schedulers of this machine hold no tasks.',
  nothingFound: 'No task matches',
  nothingFoundHint: 'Search for other words, or choose another scheduler.',
  clearFilters: 'Clear filters',
  unread: (count: number) => (count === 1 ? '1 source could not be read' : `${count} sources could not be read`),
  columns: { state: 'State', name: 'Task', schedule: 'Schedule', next: 'Next run', last: 'Last run', result: 'Result' },
  places: {
    crontab: 'Your crontab',
    'system-crontab': 'System crontab',
    'cron-folder': 'Cron folder',
    'systemd-user': 'systemd (user)',
    'systemd-system': 'systemd (system)',
    launchd: 'launchd',
    windows: 'Task Scheduler',
    agents: 'AI agents',
  } satisfies Record<OtherJob['place'], string>,
  states: {
    failed: 'Failed',
    overdue: 'Overdue',
    stopped: 'Not running',
    fine: 'Scheduled',
  } satisfies Record<OtherJob['state'], string>,
  overdueSince: (moment: string) => `It was due ${moment}, and no run is recorded since.`,
  wasDue: (moment: string) => `was due ${moment}`,
  none: '–',
  details: {
    where: 'Where',
    command: 'Runs',
    user: 'As the user',
    schedule: 'Schedule',
    written: 'Written as',
    next: 'Next run',
    last: 'Last run',
    result: 'Result',
    original: 'Original text',
    moveIn: 'Move it in…',
    copy: 'Import a copy…',
    cannotImport: (reason: string) => `It cannot be imported. ${reason}`,
  },
} as const;
