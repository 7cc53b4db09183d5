import { join } from 'node:path';
import { app, dialog, powerMonitor, shell } from 'electron';
import { AppWindows } from '../adapters/electron/app-windows.ts';
import { safeStorageCipher } from '../adapters/electron/safe-storage-cipher.ts';
import { DesktopNotifier } from '../adapters/electron/desktop-notifier.ts';
import { SystemTray } from '../adapters/electron/system-tray.ts';
import { UtilityProcessHost } from '../adapters/process/utility-process-host.ts';
import { diskLogFiles } from '../adapters/system/log-files.ts';
import type { NavigationTarget } from '../contract/control.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';
import type { Secrets } from '../ports/secrets.ts';
import type { ToolCatalog } from '../ports/tool-catalog.ts';
import { bindIpc } from '../ipc/electron-binding.ts';
import { ipcHandlers } from '../ipc/handlers.ts';
import { LogReader } from '../services/log-reader.ts';
import { SlotHistory } from '../services/slot-history.ts';
import { Snapshots } from '../services/snapshots.ts';
import { Announcer } from './announcer.ts';
import { engineOf, secretsOf } from './application.ts';
import { appOrigin } from './app-protocol.ts';
import type { Core } from './core.ts';
import type { Engine } from './engine.ts';
import { ExecutionEvents } from './execution-events.ts';
import { keepingServices } from './keeping-services.ts';
import { becomePrimary, type Primary } from './primary.ts';
import { quitWhenIdle } from './quit.ts';
import { catalogOf } from './tools.ts';
import { windowServices } from './window-services.ts';

export interface DesktopOptions {
  readonly core: Core;
  readonly version: string;
  /** Folder of the built program: `worker.js` lies in it. */
  readonly builtDir: string;
  readonly preload: string;
  readonly iconDir: string;
}

export interface Desktop {
  show(target?: NavigationTarget): void;
  /** Notifies of failures from this instant on that no app has told of. */
  announceSince(since: string): void;
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
  const snapshots = snapshotsOf(core, version);
  const notifier = new DesktopNotifier();
  notifier.onClick(show);
  const announcer = new Announcer({ core, windows, snapshots, notifier });
  const primary = await becomePrimary({
    ...{ core, engine, events, version, listener: announcer, show },
    settingsChanged: (news) => windows.send('settings.changed', news),
  });
  const tray = new SystemTray(join(iconDir, 'tray'), trayActions(core, windows, primary));
  announcer.attachTray(tray);
  bindWindow({ core, secrets, version, windows, engine, snapshots, announcer, catalog: await catalogOf(core) });
  powerMonitor.on('resume', () => primary.scheduler.sweep());
  quitWhenIdle({ core, primary, windows: () => tray.destroy() });
  bringEntriesUpToDate(core, announcer);
  return { show, announceSince: (since) => announcer.announceSince(since) };
}

interface WindowParts {
  readonly core: Core;
  readonly secrets: Secrets;
  readonly version: string;
  readonly windows: AppWindows;
  readonly engine: Engine;
  readonly snapshots: Snapshots;
  readonly announcer: Announcer;
  readonly catalog: ToolCatalog;
}

function bindWindow({ core, secrets, version, windows, engine, snapshots, announcer, catalog }: WindowParts): void {
  const handlers = ipcHandlers({
    ...core,
    secrets,
    ...windowServices(core, engine, version),
    ...keepingServices(core),
    executor: engine.executor,
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
    settingsChanged: () => bringEntriesUpToDate(core, announcer),
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

function snapshotsOf(core: Core, version: string): Snapshots {
  const { store, ledger, tasks, timezone, paths } = core;
  const facts = { version, platform: process.platform, timezone, dataDir: paths.dir };
  return new Snapshots({ store, ledger, tasks, app: facts, osScheduler: () => core.sync.kind() });
}

function trayActions(core: Core, windows: AppWindows, primary: Primary): ConstructorParameters<typeof SystemTray>[1] {
  const refuse = (problem: unknown): void => void dialog.showErrorBox('NCP Scheduler', messageOf(problem));
  const attempt = (action: () => void): void => {
    try {
      action();
      primary.feed.refresh();
    } catch (problem) {
      refuse(problem);
    }
  };
  return {
    quickAdd: () => windows.showQuickAdd(),
    show: (target) => windows.show(target),
    pauseAll: () => attempt(() => core.tasks.pauseAll({}, 'tray')),
    resumeAll: () => attempt(() => core.tasks.resumeAll('tray')),
    quit: () => app.quit(),
  };
}
