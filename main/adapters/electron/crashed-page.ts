import type { BrowserWindow } from 'electron';

/** A page that crashes again this soon is not brought back: it would crash for ever. In ms. */
const AGAIN_WITHIN_MS = 10_000;

/**
 * Loads the page again when its process is gone. What was typed is kept by the page itself, and everything else comes
 * with the snapshot it asks for.
 */
export function reviveAfterCrash(
  window: BrowserWindow,
  report: (message: string, details: Readonly<Record<string, unknown>>) => void,
): void {
  let lastAt = 0;
  window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const isAgain = Date.now() - lastAt < AGAIN_WITHIN_MS;
    lastAt = Date.now();
    report(isAgain ? 'The page of the window crashed again and was left' : 'The page of the window crashed', {
      reason,
      exitCode,
    });
    if (!isAgain) window.webContents.reload();
  });
}
