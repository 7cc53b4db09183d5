import { app } from 'electron';
import { messageOf } from '../domain/errors.ts';
import type { Core } from './core.ts';
import type { Primary } from './primary.ts';

export interface QuitOptions {
  readonly core: Core;
  readonly primary: Primary;
  /** Takes the tray icon away. */
  readonly windows: () => void;
}

/**
 * Closing the last window leaves the app in the tray. Quitting stops what runs by the kill ladder and only then lets go
 * of the ledger, so that every execution has its outcome.
 */
export function quitWhenIdle({ core, primary, windows }: QuitOptions): void {
  app.on('window-all-closed', () => undefined);
  let stopping = false;
  app.on('before-quit', (event) => {
    if (stopping) return;
    stopping = true;
    event.preventDefault();
    void primary
      .stop()
      .catch((problem: unknown) => core.logger.error('Could not stop in order', { problem: messageOf(problem) }))
      .finally(() => {
        windows();
        core.close();
        app.exit(0);
      });
  });
}
