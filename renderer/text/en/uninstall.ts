import type { UninstallStep } from '../../../main/contract/uninstall.ts';

const names: Readonly<Record<UninstallStep['what'], string>> = {
  service: 'Service',
  'os-entry': 'Entry of the OS scheduler',
  autostart: 'Start at login',
  'shell-command': 'Shell command',
  agent: 'Server in the settings of an agent',
  fleet: 'Membership in the fleet',
  cache: 'Cache',
  data: 'Data',
};

/** Texts of the dialog that removes the app from the machine. */
export const uninstall = {
  open: 'Uninstall…',
  title: 'Uninstall NCP Scheduler',
  loading: 'Checking what is installed here…',
  hint: 'The app quits and removes this from the machine. Your tasks no longer run.',
  nothing: 'There is nothing to remove but the program itself.',
  name: (what: UninstallStep['what']): string => names[what],
  purge: 'Also delete my data',
  purgeHint: 'Tasks, history, logs, settings and secrets. This cannot be undone.',
  kept: 'Your tasks, history, logs, settings and secrets stay, so that you can install the app again.',
  left: 'Left for you to do',
  action: 'Uninstall',
  sure: (dataDir: string): string =>
    `Delete all tasks, history, logs, settings and secrets in ${dataDir}? This cannot be undone. Export your tasks first if you may need them again.`,
  back: 'Back',
  sureAction: 'Uninstall and delete',
};
