import { QuickAddShortcut } from '../adapters/electron/quick-add-shortcut.ts';
import { FreedesktopNotifier } from '../adapters/freedesktop/freedesktop-notifier.ts';
import { noNotifications } from '../adapters/freedesktop/no-notifications.ts';
import { SessionBus } from '../adapters/freedesktop/session-bus.ts';
import { watchTrayHosts } from '../adapters/freedesktop/tray-hosts.ts';
import type { DesktopState } from '../contract/desktop.ts';
import { messageOf } from '../domain/errors.ts';
import type { Notifier } from '../ports/desktop.ts';
import type { SettingsChangeOperations } from '../application/operations.ts';
import type { Outside } from '../application/outside.ts';
import type { Executable } from '../start/entry-command.ts';
import { StartAtLogin } from './start-at-login.ts';
import { updatesHere } from './updates/electron-updater.ts';
import { Updates } from './updates/updates.ts';

const shownMark = 'notifications.shown';

/** Desktop features other than windows: notifications, tray, shortcut, start at login and updates. */
export interface DesktopServices {
  readonly notifier: Notifier;
  state(): DesktopState;
  /** Calls the listener when a panel with a tray appears (true) or disappears (false). */
  onTrayChange(listener: (present: boolean) => void): void;
  /** Applies the current settings to the shortcut, the login item and the update checks. */
  settingsChanged(): void;
  /** Downloads the newer version; see `Updates.download`. */
  downloadUpdate(): Promise<() => void>;
}

type Surroundings = Pick<DesktopServices, 'notifier' | 'onTrayChange'> & { readonly trayPresent: () => boolean | null };

/**
 * Connects to the desktop and applies the settings.
 * @param changes how the setting `startAtLogin` follows the system's
 * @param openQuickAdd called by the global shortcut
 */
export async function desktopServices(
  outside: Outside,
  changes: SettingsChangeOperations,
  executable: Executable,
  openQuickAdd: () => void,
): Promise<DesktopServices> {
  const { notifier, onTrayChange, trayPresent } = await surroundings(outside);
  const shortcut = new QuickAddShortcut(openQuickAdd);
  const login = await StartAtLogin.open(outside, changes, executable);
  const updates = new Updates({ ...updatesHere(), clock: outside.clock, logger: outside.logger });
  const applyFreely = (): void => {
    const { quickAddShortcut, checkForUpdates } = outside.settings.read();
    shortcut.use(quickAddShortcut);
    updates.use(checkForUpdates);
  };
  login.reconcile();
  applyFreely();
  return {
    notifier,
    onTrayChange,
    state: () => ({
      author: 'window',
      capabilities: ['dialogs', 'files', 'desktop', 'machines', 'change'],
      notifications: notifier.state(),
      tray: { available: trayPresent() },
      shortcut: shortcut.state(),
      startAtLogin: login.state(),
      updates: updates.state(),
    }),
    downloadUpdate: () => updates.download(),
    settingsChanged: () => {
      login.apply();
      applyFreely();
    },
  };
}

/** Uses D-Bus on Linux, and Electron elsewhere: macOS and Windows always have a tray and buttons in notifications. */
async function surroundings(outside: Outside): Promise<Surroundings> {
  if (process.platform === 'linux') return overSessionBus(outside);
  const { ElectronNotifier } = await import('../adapters/electron/electron-notifier.ts');
  return { notifier: new ElectronNotifier(), trayPresent: () => true, onTrayChange: () => undefined };
}

async function overSessionBus({ ledger, logger }: Outside): Promise<Surroundings> {
  let present: boolean | null = null;
  const listeners: ((present: boolean) => void)[] = [];
  try {
    const bus = await SessionBus.connect(process.env['DBUS_SESSION_BUS_ADDRESS']);
    present = await watchTrayHosts(bus, (now) => {
      present = now;
      for (const listener of listeners) listener(now);
    });
    const notifier = await FreedesktopNotifier.connect(bus, {
      read: () => ledger.mark(shownMark),
      write: (text) => ledger.setMark(shownMark, text),
    });
    return { notifier, trayPresent: () => present, onTrayChange: (listener) => void listeners.push(listener) };
  } catch (problem) {
    logger.warn('The desktop cannot be reached', { problem: messageOf(problem) });
    const notifier = noNotifications(`This desktop shows no notifications. ${messageOf(problem)}`);
    return { notifier, trayPresent: () => present, onTrayChange: () => undefined };
  }
}
