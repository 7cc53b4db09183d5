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
 * Closing the last window leaves the app in the tray. Quitting stops what runs by the kill ladder and only then lets go
 * of the ledger, so that every execution has its outcome. It does not ask: a session that ends and a signal come this way
 * too, where nobody could answer.
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
  // Electron alone lets these end the process at once (seen with 33): runs would go on as orphans.
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, () => app.quit());
  // Asks the system to wait until this process has ended (Linux, macOS).
  powerMonitor.on('shutdown', () => app.quit());
}

/** What a person does to quit: asked where tasks run. */
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
