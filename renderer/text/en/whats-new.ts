/** Texts about what an update of the app changed. */
export const whatsNew = {
  open: 'What is new',
  title: (version: string): string => `What is new in ${version}`,
  updated: (version: string): string => `NCP Scheduler was updated to ${version}.`,
  loading: 'Reading the notes…',
  none: 'There are no notes about this version.',
};
