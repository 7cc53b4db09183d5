import { join } from 'node:path';
import { dialog, powerMonitor, shell } from 'electron';
import { AppWindows } from '../adapters/electron/app-windows.ts';
import { safeStorageCipher } from '../adapters/electron/safe-storage-cipher.ts';
import { SystemTray } from '../adapters/electron/system-tray.ts';
import { UtilityProcessHost } from '../adapters/process/utility-process-host.ts';
import { diskLogFiles } from '../adapters/system/log-files.ts';
import type { NavigationTarget } from '../contract/control.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { Notifier } from '../ports/desktop.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import { bindIpc } from '../ipc/electron-binding.ts';
import { ipcHandlers } from '../ipc/handlers.ts';
import type { Agents } from '../services/consent/agents.ts';
import { LogReader } from '../services/runs/log-reader.ts';
import { RunNotifications } from '../services/notifications/notifications.ts';
import { notificationChoices } from '../services/notifications/notification-choices.ts';
import { SlotHistory } from '../services/schedule/slot-history.ts';
import { Snapshots, type SnapshotsNeeds } from '../services/desktop/snapshots.ts';
import { primaryAgents } from '../application/agents.ts';
import { Announcer } from './announcer.ts';
import { engineOf, secretsOf } from '../application/open-application.ts';
import { setAppMenu } from './app-menu.ts';
import { appOrigin } from './app-protocol.ts';
import type { Core } from '../application/core.ts';
import { guardAgainstCrashes } from './crash-guard.ts';
import type { Engine } from '../application/engine.ts';
import { ExecutionEvents } from '../application/execution-events.ts';
import { desktopServices, type DesktopServices } from './desktop-services.ts';
import { keepingServices } from './keeping-services.ts';
import { becomePrimary } from '../application/primary.ts';
import { ProposalAnnouncer } from './proposal-announcer.ts';
import { personQuits, stopOnQuit } from './quit.ts';
import type { StartRequest } from './single-instance.ts';
import { trayActions } from './tray-actions.ts';
import { transferOf } from '../application/transfer.ts';
import { transferDialogs } from './transfer-dialogs.ts';
import { windowServices } from './window-services.ts';

/** Longer than any machine takes to draw the window: what is due must not wait for one that never appears. */
const longestDrawMs = 2000;

export interface DesktopOptions {
  readonly core: Core;
  readonly version: string;
  /** Folder of the built program: `worker.js` lies in it. */
  readonly builtDir: string;
  readonly preload: string;
  readonly iconDir: string;
  /** ISO instant: what failed from then on is told. Null: since an app ran last. */
  readonly announceSince: string | null;
}

export interface Desktop {
  /** Shows what a start, the Dock or a link asks for. */
  serve(this: void, request: StartRequest): void;
}

/** The tray app: windows, tray, notifications and the primary behind them. Call after `app` is ready. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const { core, version, iconDir } = options;
  const icon = join(iconDir, 'app', '256x256.png');
  const windows = new AppWindows({
    ...{ origin: appOrigin, preload: options.preload, icon },
    placePath: join(core.paths.dir, 'browser', 'window.json'),
    report: (message, details) => core.logger.warn(message, details),
  });
  const show = (target?: NavigationTarget): void => windows.show(target);
  const events = new ExecutionEvents();
  const host = () => Promise.resolve(new UtilityProcessHost(join(options.builtDir, 'worker.js')));
  const cipher = () => Promise.resolve(safeStorageCipher());
  const secrets = await secretsOf(core, { cipher });
  const engine = await engineOf(core, { host, cipher }, events);
  const agents = primaryAgents(core, engine);
  const services = await desktopServices(core, () => windows.showQuickAdd());
  const { notifier } = services;
  const snapshots = snapshotsOf(core, version, {
    desktop: () => services.state(),
    waiting: () => agents.proposals.waiting(),
  });
  const notifications = new RunNotifications({ ...core, notifier });
  core.planner.onSettled((slots) => notifications.slotsSettled(slots));
  const proposals = new ProposalAnnouncer({ agents, notifier, logger: core.logger });
  const announcer = new Announcer({ core, windows, snapshots, notifications, notifier, proposals });
  listenToNotifications({ core, engine, notifier, announcer, show });
  const primary = await becomePrimary({
    ...{ core, engine, events, version, listener: announcer, show },
    settingsChanged: (news) => {
      services.settingsChanged();
      windows.send('settings.changed', news);
    },
  });
  const quit = personQuits(core);
  const tray = new SystemTray(join(iconDir, 'tray'), trayActions({ core, windows, engine, primary, quit }));
  services.onTrayChange((present) => {
    if (present) tray.recreate();
    announcer.scheduleChanged();
  });
  const catalog = await core.catalog();
  bindWindow({ core, secrets, version, windows, engine, agents, snapshots, announcer, services, catalog });
  setAppMenu({
    quickAdd: () => windows.showQuickAdd(),
    newTask: () => show({ view: 'new-task' }),
    settings: () => show({ view: 'settings' }),
    quit,
  });
  powerMonitor.on('resume', () => primary.scheduler.sweep());
  stopOnQuit({ core, primary, announcer, tray });
  const crashes = { dir: join(core.paths.dir, 'crashes'), logger: core.logger };
  guardAgainstCrashes({ ...crashes, version, stop: () => primary.stop(), reopenWindow: () => show() });
  afterTheWindow(windows, () => {
    if (!primary.start()) return;
    announcer.attachTray(tray);
    bringEntriesUpToDate(core, announcer);
    notifications.catchUp(options.announceSince);
  });
  return { serve: (request) => ('refusal' in request ? windows.refuse(request.refusal) : show(request.target)) };
}

/**
 * The window is asked for as soon as the desktop is there, and this process draws it too: looking after thousands of tasks
 * comes then.
 */
function afterTheWindow(windows: AppWindows, begin: () => void): void {
  setImmediate(() => void windows.drawn(longestDrawMs).then(begin));
}

interface NotificationParts {
  readonly core: Core;
  readonly engine: Engine;
  readonly notifier: Notifier;
  readonly announcer: Announcer;
  readonly show: (target?: NavigationTarget) => void;
}

function listenToNotifications({ core, engine, notifier, announcer, show }: NotificationParts): void {
  const changed = (): void => announcer.scheduleChanged();
  const refuse = (message: string): void => dialog.showErrorBox('NCP Scheduler', message);
  const choose = notificationChoices({ ...core, executor: engine.executor, show, changed, refuse });
  notifier.onChoice((choice) => void choose(choice));
}

interface WindowParts {
  readonly core: Core;
  readonly secrets: Secrets;
  readonly version: string;
  readonly windows: AppWindows;
  readonly engine: Engine;
  readonly agents: Agents;
  readonly snapshots: Snapshots;
  readonly announcer: Announcer;
  readonly services: DesktopServices;
  readonly catalog: ToolCatalog;
}

function bindWindow(parts: WindowParts): void {
  const { core, secrets, version, windows, engine, agents, snapshots, announcer, services, catalog } = parts;
  const handlers = ipcHandlers({
    ...core,
    secrets,
    ...windowServices(core, engine, version),
    ...keepingServices(core),
    ...transferDialogs,
    transfer: transferOf(core, version),
    executor: engine.executor,
    agents,
    logs: new LogReader({ ledger: core.ledger, files: diskLogFiles, clock: core.clock }),
    slots: new SlotHistory(core),
    snapshots: { whole: () => snapshots.whole().finally(() => setImmediate(() => windows.pageIsListening())) },
    catalog,
    logGrew: (executionId, size) => windows.send('logs.grew', { executionId, size }),
    changed: () => announcer.scheduleChanged(),
    openFile: async (path) => {
      const problem = await shell.openPath(path);
      if (problem !== '') throw new SchedulerError('execution/not-opened', `${path} could not be opened: ${problem}`);
    },
    closeQuickAdd: () => windows.closeQuickAdd(),
    settingsChanged: () => {
      services.settingsChanged();
      bringEntriesUpToDate(core, announcer);
    },
  });
  bindIpc({
    handlers,
    isTrusted: (event) => windows.isTrusted(event),
    report: (call, problem) => core.logger.warn(`${call} failed`, { problem: messageOf(problem) }),
  });
}

/** Entries drift while the app is away: DST repairs age, the executable moves, another scheduler is chosen. */
function bringEntriesUpToDate(core: Core, announcer: Announcer): void {
  core.sync.sync().then(
    () => announcer.scheduleChanged(),
    (problem: unknown) =>
      core.logger.error('Could not bring the OS entries up to date', { problem: messageOf(problem) }),
  );
}

function snapshotsOf(core: Core, version: string, shown: Pick<SnapshotsNeeds, 'desktop' | 'waiting'>): Snapshots {
  const { store, ledger, tasks, timezone, paths } = core;
  const facts = { version, platform: process.platform, timezone, dataDir: paths.dir };
  return new Snapshots({ store, ledger, tasks, app: facts, osScheduler: () => core.sync.kind(), ...shown });
}
