import type { BrowserWindow } from 'electron';

/** A page that crashes again within this time is not reloaded, because it would keep crashing. In ms. */
const AGAIN_WITHIN_MS = 10_000;

/**
 * Reloads the page after its process crashed. The page itself stores what was typed; the rest comes with the next
 * snapshot.
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
