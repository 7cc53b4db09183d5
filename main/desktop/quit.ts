import { app, dialog, powerMonitor } from 'electron';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../ports/logger.ts';
import type { Tray } from '../ports/desktop.ts';
import type { Announcer } from './announcer.ts';
import type { Application } from '../application/application.ts';
import type { Primary } from '../application/running/primary.ts';

export interface QuitNeeds {
  readonly application: Application;
  readonly logger: Logger;
  readonly primary: Primary;
  readonly announcer: Announcer;
  readonly tray: Tray;
}

/**
 * Keeps the app in the tray when the last window closes. Before the app quits, stops all runs with the kill ladder and
 * then closes the ledger, so that every execution has an outcome. Does not ask: the end of a session and signals also
 * take this path, and nobody could answer then.
 */
export function stopOnQuit({ application, logger, primary, announcer, tray }: QuitNeeds): void {
  app.on('window-all-closed', () => undefined);
  let stopping = false;
  app.on('before-quit', (event) => {
    event.preventDefault();
    if (stopping) return;
    stopping = true;
    void primary
      .stop()
      .catch((problem: unknown) => logger.error('Could not stop cleanly', { problem: messageOf(problem) }))
      .finally(() => {
        announcer.close();
        tray.destroy();
        void application.close().finally(() => app.exit(0));
      });
  });
  // By default these end Electron at once (seen with Electron 33), and runs would continue as orphans.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // Emitted on Linux and macOS only.
  powerMonitor.on('shutdown', () => app.quit());
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
