import { join } from 'node:path';
import { dialog, powerMonitor } from 'electron';
import type { AppWindows } from '../adapters/electron/app-windows.ts';
import { SystemTray } from '../adapters/electron/system-tray.ts';
import type { Application } from '../application/application.ts';
import type { Outside } from '../application/outside.ts';
import type { SnapshotOperations } from '../application/operations.ts';
import type { Primary } from '../application/running/primary.ts';
import type { NavigationTarget } from '../contract/control.ts';
import { messageOf } from '../domain/errors.ts';
import { ipcHandlers } from '../ipc/handlers.ts';
import type { Host } from '../ipc/host.ts';
import { sendMachineEvents } from '../ipc/machines.ts';
import type { Logger } from '../ports/logger.ts';
import type { Executable } from '../start/entry-command.ts';
import { Announcer } from './announcer.ts';
import { setAppMenu } from './app-menu.ts';
import { guardAgainstCrashes } from './crash-guard.ts';
import { desktopServices, type DesktopServices } from './desktop-services.ts';
import { dialogs } from './dialogs.ts';
import { ProposalAnnouncer } from './proposal-announcer.ts';
import { personQuits, personUninstalls, personUpdates, stopOnQuit, type LastDeed } from './quitting/quit.ts';
import type { StartRequest } from './single-instance.ts';
import { trayActions } from './tray-actions.ts';
import type { WindowSide } from './page/window-side.ts';

/** Maximum wait for the window, in ms. Longer than any machine needs; due tasks run then even if no window appears. */
const longestDrawMs = 5000;

export interface DesktopOptions {
  readonly outside: Outside;
  readonly application: Application;
  readonly executable: Executable;
  readonly windowSide: WindowSide;
  readonly iconDir: string;
  /** ISO instant: notifies of failures since then. Null: since the app last ran. */
  readonly announceSince: string | null;
}

export interface Desktop {
  /** Shows what a later start, the Dock or a link requests. */
  serve(this: void, request: StartRequest): void;
}

/** Starts the tray app: windows, tray, notifications and the primary. Call after `app` is ready. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const { outside, application, iconDir } = options;
  const { logger, dataDir, machine } = outside;
  const { windows } = options.windowSide;
  const show = (target?: NavigationTarget): void => windows.show(target);
  const changes = await application.settingsChanges();
  const desktop = await desktopServices(outside, changes, options.executable, () => windows.showQuickAdd());
  const { notifier } = desktop;
  const [snapshots, notifications, agents, machines] = await Promise.all([
    application.snapshots(),
    application.notifications(),
    application.agents(),
    application.machines(),
  ]);
  const own = notifications.own(notifier);
  const ofRuns = notifications.ofRuns(own);
  const proposals = new ProposalAnnouncer({ agents, notifier: own, logger });
  const attention = notifications.ofAttention(own);
  const told = { notifications: ofRuns, attention, proposals };
  const announcer = new Announcer({ outside, windows, snapshots, desktop, ...told });
  const refuse = (message: string): void => dialog.showErrorBox('NCP Scheduler', message);
  const choose = notifications.choices({ show, refuse });
  notifier.onChoice((choice) => void choose(choice));
  const primary = await application.lead({ listener: announcer, show, notifier, face: () => ({ face: 'app' }) });
  const quit = personQuits(application);
  const tray = new SystemTray(join(iconDir, 'tray'), trayActions({ application, windows, quit }));
  desktop.onTrayChange((present) => {
    if (present) tray.recreate();
    announcer.scheduleChanged();
  });
  const last: LastDeed = { uninstall: null, update: null };
  answerWindow(options, desktop, {
    uninstall: personUninstalls(application, last),
    installUpdate: personUpdates(application, last, () => desktop.downloadUpdate()),
  });
  await sendMachineEvents(application, { send: (name, payload) => windows.send(name, payload) });
  setAppMenu({
    quickAdd: () => windows.showQuickAdd(),
    newTask: () => show({ view: 'new-task' }),
    settings: () => show({ view: 'settings' }),
    quit,
  });
  followPower(primary);
  stopOnQuit(last, { application, logger, primary, announcer, tray });
  const crashes = { dir: join(dataDir, 'crashes'), logger, version: machine.version };
  guardAgainstCrashes({ ...crashes, stop: () => primary.stop(), reopenWindow: () => show() });
  const prepare = (): void => prepareSnapshot(snapshots, logger);
  afterTheWindow(windows, prepare, () => {
    if (!primary.start()) return;
    // The window may have drawn an earlier schedule.
    announcer.scheduleChanged();
    announcer.attachTray(tray);
    bringEntriesUpToDate(options);
    ofRuns.catchUp(options.announceSince);
    machines.announce(notifier);
    if (options.announceSince !== null) attention.catchUp(options.announceSince);
  });
  return { serve: (request) => ('refusal' in request ? windows.refuse(request.refusal) : show(request.target)) };
}

function followPower(primary: Primary): void {
  powerMonitor.on('resume', () => {
    primary.sweep();
    primary.happened('wake');
  });
  powerMonitor.on('unlock-screen', () => primary.happened('unlock'));
}

/** An error is only logged: the snapshot meets it again, and says so in the window. */
function prepareSnapshot(snapshots: Pick<SnapshotOperations, 'prepare'>, logger: Logger): void {
  snapshots
    .prepare()
    .catch((problem: unknown) => logger.warn('Could not prepare the window', { problem: messageOf(problem) }));
}

/**
 * Calls `begin` once the window is drawn, and `prepare` before: its page is still loading then. The caller may request the
 * window right after `startDesktop`, and starting thousands of tasks in the same process would delay it.
 */
function afterTheWindow(windows: AppWindows, prepare: () => void, begin: () => void): void {
  setImmediate(() => {
    prepare();
    void windows.drawn(longestDrawMs).then(begin);
  });
}

function answerWindow(
  { application, windowSide: { windows, answer } }: DesktopOptions,
  desktop: DesktopServices,
  quitting: Pick<Host, 'uninstall' | 'installUpdate'>,
): void {
  const handlers = ipcHandlers(application, {
    ...dialogs,
    author: 'window',
    desktopState: () => desktop.state(),
    send: (name, payload) => windows.send(name, payload),
    windowListens: () => setImmediate(() => windows.pageIsListening()),
    closeQuickAdd: () => windows.closeQuickAdd(),
    ...quitting,
  });
  answer(handlers);
}

/**
 * Updates the OS entries. They can become outdated while the app is not running: DST corrections expire, the executable
 * moves, another scheduler is chosen.
 */
function bringEntriesUpToDate({ application, outside }: DesktopOptions): void {
  const sync = async (): Promise<unknown> => (await application.entries()).sync();
  sync().catch((problem: unknown) =>
    outside.logger.error('Could not update the OS entries', { problem: messageOf(problem) }),
  );
}
