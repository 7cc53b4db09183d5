/** Maximum wait for a window to have something to show, in ms. Longer than any machine needs. */
const longestMs = 10_000;

/** The part of a `BrowserWindow` that tells how it opens. */
interface Opening {
  once(event: 'ready-to-show', listener: () => void): unknown;
  readonly webContents: {
    once(event: 'render-process-gone', listener: () => void): unknown;
    once(event: 'did-fail-load', listener: () => void): unknown;
  };
}

/**
 * Returns whether a new window is still about to show itself, so that nobody has to. It is not once it has something to show, its
 * page crashed or was not found, or nothing of all that happens: otherwise nobody could ever open it.
 */
export function isOpeningOf(window: Opening): () => boolean {
  let isOpening = true;
  const ends = (): void => {
    isOpening = false;
    clearTimeout(timer);
  };
  const timer = setTimeout(ends, longestMs);
  window.once('ready-to-show', ends);
  window.webContents.once('render-process-gone', ends);
  window.webContents.once('did-fail-load', ends);
  return () => isOpening;
}
