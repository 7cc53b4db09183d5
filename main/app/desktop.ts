import { join } from 'node:path';
import { app, dialog, powerMonitor, shell } from 'electron';
import { AppWindows } from '../adapters/electron/app-windows.ts';
import { DesktopNotifier } from '../adapters/electron/desktop-notifier.ts';
import { SystemTray } from '../adapters/electron/system-tray.ts';
import { UtilityProcessHost } from '../adapters/process/utility-process-host.ts';
import { diskLogFiles } from '../adapters/system/log-files.ts';
import type { NavigationTarget } from '../contract/control.ts';
import { messageOf } from '../domain/errors.ts';
import { bindIpc } from '../ipc/electron-binding.ts';
import { ipcHandlers } from '../ipc/handlers.ts';
import { failureNotice } from '../services/failure-notice.ts';
import { LogReader } from '../services/log-reader.ts';
import { SlotHistory } from '../services/slot-history.ts';
import { Snapshots } from '../services/snapshots.ts';
import { trayState } from '../services/tray-state.ts';
import { engineOf } from './application.ts';
import { appOrigin } from './app-protocol.ts';
import type { Core } from './core.ts';
import { ExecutionEvents } from './execution-events.ts';
import { becomePrimary, type Primary } from './primary.ts';
import { quitWhenIdle } from './quit.ts';
import { catalogOf } from './tools.ts';

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
}

/** The tray app: windows, tray, notifications and the primary behind them. Call after `app` is ready. */
export async function startDesktop(options: DesktopOptions): Promise<Desktop> {
  const { core, version } = options;
  const windows = new AppWindows({
    origin: appOrigin,
    preload: options.preload,
    icon: join(options.iconDir, 'app', '256x256.png'),
  });
  const events = new ExecutionEvents();
  const host = async () => new UtilityProcessHost(join(options.builtDir, 'worker.js'));
  const engine = await engineOf(core, { host }, events);
  const snapshots = snapshotsOf(core, version);
  const notifier = new DesktopNotifier();
  notifier.onClick((target) => windows.show(target));

  const scheduleChanged = coalesced(async () => {
    windows.send('schedule.changed', await snapshots.schedule());
    render();
  }, core);
  const listener = {
    scheduleChanged,
    executionsChanged: (executions: Parameters<typeof failureNotice>[0][]) => {
      windows.send('executions.changed', { executions });
      for (const execution of executions) {
        const notice = core.settings.read().notifyOnFailure ? failureNotice(execution) : null;
        if (notice !== null) void notifier.notify(notice);
      }
      render();
    },
  };
  const show = (target?: NavigationTarget): void => windows.show(target);
  const primary = await becomePrimary({ core, engine, events, version, listener, show });
  const tray = new SystemTray(join(options.iconDir, 'tray'), trayActions(core, windows, primary));
  const render = (): void => tray.render(trayState(core, core.clock.now()));
  const logs = new LogReader({ ledger: core.ledger, files: diskLogFiles, clock: core.clock });
  bindIpc({
    isTrusted: (event) => windows.isTrusted(event),
    report: (call, problem) => core.logger.warn(`${call} failed`, { problem: messageOf(problem) }),
    handlers: ipcHandlers({
      ...core,
      executor: engine.executor,
      logs,
      slots: new SlotHistory(core),
      snapshots: { whole: () => snapshots.whole().finally(() => setImmediate(() => windows.pageIsListening())) },
      catalog: await catalogOf(core),
      logGrew: (executionId, size) => windows.send('logs.grew', { executionId, size }),
      changed: scheduleChanged,
      openFile: async (path) => void (await shell.openPath(path)),
      closeQuickAdd: () => windows.closeQuickAdd(),
      settingsChanged: () =>
        void core.sync
          .sync()
          .catch((problem: unknown) =>
            core.logger.error('Could not move the OS entries', { problem: messageOf(problem) }),
          ),
    }),
  });
  powerMonitor.on('resume', () => primary.scheduler.sweep());
  quitWhenIdle({ core, engine, primary, windows: () => tray.destroy() });
  render();
  void core.sync
    .sync()
    .then(scheduleChanged, (problem: unknown) =>
      core.logger.error('Could not bring the OS entries up to date', { problem: messageOf(problem) }),
    );
  return { show };
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

/** Many changes in a row are told once: a snapshot is the whole truth anyway. */
function coalesced(tell: () => Promise<void>, core: Core): () => void {
  let waiting = false;
  return () => {
    if (waiting) return;
    waiting = true;
    core.clock.setTimer(() => {
      waiting = false;
      tell().catch((problem: unknown) =>
        core.logger.error('Could not tell the window of a change', { problem: messageOf(problem) }),
      );
    }, 50);
  };
}
