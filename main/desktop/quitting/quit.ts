import { existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { app, BrowserWindow, dialog, powerMonitor } from 'electron';
import { messageOf } from '../../domain/errors.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Tray } from '../../ports/desktop.ts';
import type { Announcer } from '../announcer.ts';
import type { Application } from '../../application/application.ts';
import type { Primary } from '../../application/running/primary.ts';
import { removeAfterExit } from './remove-after-exit.ts';
import { uninstallReport } from './uninstall-report.ts';

export interface QuitNeeds {
  readonly application: Application;
  readonly logger: Logger;
  readonly primary: Primary;
  readonly announcer: Announcer;
  readonly tray: Tray;
}

/** What to do after the app has stopped and before it exits. */
export interface LastDeed {
  uninstall: { readonly purge: boolean } | null;
  /** Installs a version that was downloaded, and quits. */
  update: (() => void) | null;
}

/**
 * Keeps the app in the tray when the last window closes. Before the app quits, stops all runs with the kill ladder and
 * then closes the ledger, so that every execution has an outcome. Does not ask: the end of a session and signals also
 * take this path, and nobody could answer then.
 */
export function stopOnQuit(last: LastDeed, { application, logger, primary, announcer, tray }: QuitNeeds): void {
  app.on('window-all-closed', () => undefined);
  let stopping = false;
  let stopped = false;
  app.on('before-quit', (event) => {
    if (stopped) return;
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void primary
      .stop()
      .catch((problem: unknown) => logger.error('Could not stop cleanly', { problem: messageOf(problem) }))
      .finally(() => {
        announcer.close();
        tray.destroy();
        void lastDeed(last, application, logger)
          .then(() => application.close())
          .finally(() => {
            stopped = true;
            leave(last, logger);
          });
      });
  });
  // By default these end Electron at once (seen with Electron 33), and runs would continue as orphans.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // Emitted on Linux and macOS only.
  powerMonitor.on('shutdown', () => app.quit());
}

/** How long an updater may take to quit the app after it has replaced it, in ms. */
const updaterQuitsMs = 30_000;

/** Ends the app: by the updater, if there is a version to install. */
function leave({ update }: LastDeed, logger: Logger): void {
  if (update === null) return app.exit(0);
  try {
    update();
    setTimeout(() => app.exit(0), updaterQuitsMs);
  } catch (problem) {
    logger.error('Could not install the update', { problem: messageOf(problem) });
    dialog.showErrorBox('NCP Scheduler was not updated', messageOf(problem));
    app.exit(1);
  }
}

/** Uninstalls if the person asked for it. Only now: the app would install its entries again while it leads. */
async function lastDeed({ uninstall }: LastDeed, application: Application, logger: Logger): Promise<void> {
  if (uninstall === null) return;
  for (const window of BrowserWindow.getAllWindows()) window.destroy();
  try {
    const result = await (await application.uninstall()).run({ purge: uninstall.purge, dryRun: false });
    if (uninstall.purge) removeAfterExit(app.getPath('userData'), { thenIfEmpty: madeAgain(application.dataDir) });
    await dialog.showMessageBox({ title: 'NCP Scheduler', buttons: ['Close'], ...uninstallReport(result) });
  } catch (problem) {
    logger.error('Could not uninstall', { problem: messageOf(problem) });
    dialog.showErrorBox('NCP Scheduler could not be removed', messageOf(problem));
  }
}

/** Returns the folders that Chromium makes again with its own: the data directory, and its parent if that was removed too. */
const madeAgain = (dataDir: string): string[] => [
  dataDir,
  ...[dirname(dataDir)].filter((parent) => !existsSync(parent)),
];

/** Returns the action of the window's Uninstall button, which has already asked. */
export function personUninstalls(application: Application, last: LastDeed): (purge: boolean) => Promise<void> {
  return async (purge) => {
    if (!(await agreed(application))) return;
    last.uninstall = { purge };
    app.quit();
  };
}

/** Returns the action of the window's button for a newer version. */
export function personUpdates(
  application: Application,
  last: LastDeed,
  download: () => Promise<() => void>,
): () => Promise<void> {
  return async () => {
    const install = await download();
    if (!(await agreed(application))) return;
    last.update = install;
    app.quit();
  };
}

/** Returns the action of the Quit menu items. It asks for confirmation while tasks run. */
export function personQuits(application: Application): () => void {
  let asking = false;
  return () => {
    if (asking) return;
    asking = true;
    agreed(application)
      .then((yes) => yes && app.quit())
      .catch((problem: unknown) => dialog.showErrorBox('NCP Scheduler', messageOf(problem)))
      .finally(() => (asking = false));
  };
}

async function agreed(application: Application): Promise<boolean> {
  const question = await (await application.snapshots()).quitQuestion();
  if (question === null) return true;
  const { response } = await dialog.showMessageBox({
    type: 'question',
    title: 'Quit NCP Scheduler?',
    ...question,
    buttons: ['Quit', 'Keep running'],
    defaultId: 1,
    cancelId: 1,
    noLink: true,
  });
  return response === 0;
}
