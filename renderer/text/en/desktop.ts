import type { DesktopState } from '../../../main/contract/desktop.ts';

/** What the app does outside its window. */
export const desktop = {
  askStartAtLogin: 'Start NCP Scheduler at login, hidden in the tray? You are then told of failures.',
  startAtLogin: 'Start at login',
  notAtLogin: 'No',
  shortcut: 'Shortcut for quick add',
  shortcutHint: 'Works in every program. Leave it empty for none.',
  shortcutPlaceholder: 'Control+Alt+N',
  updates: 'Look for updates',
  updatesHint: ({ state, version, problem }: DesktopState['updates']): string => {
    switch (state) {
      case 'unavailable':
        return problem ?? 'Not available in this build.';
      case 'off':
        return 'Once a day. Nothing is installed without you.';
      case 'unknown':
      case 'checking':
        return 'Looking…';
      case 'current':
        return 'You have the newest version.';
      case 'available':
        return `Version ${version ?? ''} is there.`;
      case 'failed':
        return `Could not look: ${problem ?? ''}`;
    }
  },
} as const;

export const tray = {
  absent:
    'This desktop shows no tray icons. The app keeps running when its window is closed: start it again to see the window.',
} as const;

export const notifications = {
  title: 'Notifications',
  unavailable: 'Notifications are not shown.',
  insteadTray: 'Until then, failures show in the tray and on the Overview.',
  doNotDisturb: 'Do not disturb is on: the system keeps notifications back until it is off.',
  kinds: {
    notifyOnFailure: {
      label: 'Tell me when a run fails',
      hint: 'Once for each cause, after the last retry. A click opens the failing line.',
    },
    notifyOnRecovery: {
      label: 'Tell me when a task works again',
      hint: 'At its first success after a failure.',
    },
    notifyOnPause: {
      label: 'Tell me when a task is paused by its failures',
      hint: 'It stays paused until you resume it.',
    },
    notifyOnMissed: {
      label: 'Tell me when a run was missed',
      hint: 'The machine was off or asleep, and the run was not made up for.',
    },
  },
} as const;
