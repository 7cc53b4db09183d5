import type { DesktopState } from '../../../main/contract/desktop.ts';

/** Texts for what the app does outside its window. */
export const desktop = {
  askStartAtLogin: 'Start NCP Scheduler at login? It stays in the tray and notifies you of failures.',
  startAtLogin: 'Start at login',
  notAtLogin: 'No',
  shortcut: 'Quick add shortcut',
  shortcutHint: 'Works in every program. Leave empty for no shortcut.',
  shortcutPlaceholder: 'Control+Alt+N',
  updates: 'Check for updates',
  installUpdate: 'Install and restart',
  updatesHint: ({ state, version, problem, installs }: DesktopState['updates']): string => {
    switch (state) {
      case 'unavailable':
        return problem ?? 'Not available in this build.';
      case 'off':
        return 'Once a day. Nothing is installed until you ask for it.';
      case 'unknown':
      case 'checking':
        return 'Checking…';
      case 'current':
        return 'You have the latest version.';
      case 'available':
        return `Version ${version ?? ''} is available.${installs ? '' : ' To install it, see: ncp-scheduler upgrade'}`;
      case 'failed':
        return `The update check failed: ${problem ?? ''}`;
    }
  },
} as const;

export const tray = {
  absent:
    'Your desktop does not support tray icons. The app keeps running when you close its window. To open the window again, start the app again.',
} as const;

export const notifications = {
  title: 'Notifications',
  unavailable: 'Notifications are not shown.',
  insteadTray: 'Until then, failures are shown in the tray and in Overview.',
  rulesDecide: 'The rules in Alerts decide which notifications are shown, because a channel there is this desktop.',
  doNotDisturb: 'Do not disturb is on: the system holds notifications until you turn it off.',
  kinds: {
    notifyOnFailure: {
      label: 'Notify me when a run fails',
      hint: 'Once for each cause, after the last retry. Click the notification to open the failing line.',
    },
    notifyOnRecovery: {
      label: 'Notify me when a task works again',
      hint: 'On its first success after a failure.',
    },
    notifyOnChange: {
      label: 'Notify me when what a task watches has changed',
      hint: 'Only for tasks with a probe that tells you about changes.',
    },
    notifyOnPause: {
      label: 'Notify me when a task is paused after failures',
      hint: 'It stays paused until you resume it.',
    },
    notifyOnMissed: {
      label: 'Notify me when a run is missed',
      hint: 'The machine was off or asleep, and the run was not caught up.',
    },
    notifyOnAttention: {
      label: 'Notify me when a task is late, slow, overdue or over budget',
      hint: 'Only for tasks that have such a limit, here or in the settings for runs.',
    },
  },
} as const;
