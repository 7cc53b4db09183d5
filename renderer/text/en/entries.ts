/** Texts about the entries in the operating system's scheduler. */
export const entries = {
  open: 'Entries in the system scheduler…',
  title: 'Entries in the system scheduler',
  hint: (kind: string) =>
    `Each group with an active task has an entry that starts it on time, also while this app is closed. In use: ${kind}.`,
  none: 'No entries are installed',
  noneHint: 'This app itself starts the tasks, or no task is active.',
  unreadable: 'The entries cannot be read',
  states: {
    installed: 'Installed',
    drifted: 'Changed outside this app',
    legacy: 'Of the old ncp scheduler',
    foreign: 'Of another program',
  },
  show: 'Show its content',
  exact: 'Fires exactly when the group is due.',
  superset: 'Fires whenever the group is due, and also at other times, when it exits without running anything.',
  fix: 'Fix entries',
} as const;
