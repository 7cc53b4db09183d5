import { formatMoment } from '../format.ts';

export const common = {
  save: 'Save',
  cancel: 'Cancel',
  close: 'Close',
  undo: 'Undo',
  clear: 'Clear',
  loading: 'Loading…',
  dismiss: 'Dismiss',
  tryAgain: 'Try again',
  suggestions: 'Suggestions',
  typeToFind: 'Type to find…',
  noResults: 'No results.',
} as const;

export const shell = {
  product: 'NCP Scheduler',
  navigation: 'Views',
  newTask: 'New task',
  find: 'Search…',
  toasts: 'Messages (F8)',
  views: {
    overview: 'Overview',
    groups: 'Tasks',
    executions: 'Runs',
    timeline: 'Timeline',
    activity: 'Activity',
    insights: 'Insights',
    others: 'Also on this machine',
    machines: 'Machines',
    settings: 'Settings',
  },
  health: {
    unreadable: 'Tasks cannot be read',
    paused: 'Everything is paused',
    running: (count: number) => `${count} running`,
    failing: (count: number) => `${count} failing`,
    waiting: (count: number) =>
      count === 0 ? 'No active tasks' : count === 1 ? '1 active task' : `${count} active tasks`,
  },
  unreachable: 'The scheduler is not responding',
  outsideTheApp: 'This page works only inside the NCP Scheduler app.',
  disconnected: (reason: string) => `No connection to the scheduler: ${reason} Trying again…`,
  readOnly: 'Your tasks cannot be changed right now.',
  ledgerTrouble: 'The record of runs has a gap.',
} as const;

export const pause = {
  pauseAll: 'Pause all',
  resumeAll: 'Resume all',
  allPaused: 'All scheduled runs are paused.',
  everything: (until: string | undefined, now: number) =>
    until === undefined
      ? 'Everything is paused: no task runs on schedule.'
      : `Everything is paused until ${formatMoment(until, now)}.`,
  note: (note: string) => `“${note}”`,
  forAnHour: 'Pause all for an hour',
  untilTomorrow: 'Pause all until tomorrow, 9:00',
} as const;

export const log = {
  region: 'Log',
  lines: 'Log lines',
  search: 'Search log',
  found: (at: number, count: number) => (count === 0 ? 'no matches' : `${at} of ${count}`),
  previous: 'Previous match',
  next: 'Next match',
  jumpToError: 'Jump to first error',
  times: 'Show times',
  wrap: 'Wrap lines',
  copy: 'Copy log',
  copied: (lines: number) => (lines === 1 ? 'Copied 1 line.' : `Copied ${lines} lines.`),
  notCopied: 'The system denied access to the clipboard. Select the lines and copy them, or open the log file.',
  open: 'Open in editor',
  toEnd: 'Go to end',
  empty: 'This run wrote no output.',
  waiting: 'Running. No output yet…',
  live: 'Line that is being written',
  unreadable: (reason: string) => `The log cannot be read: ${reason}`,
  streams: { out: 'out', err: 'err', sys: 'sys' },
} as const;
