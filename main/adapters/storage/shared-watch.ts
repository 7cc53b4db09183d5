/**
 * Returns a function that adds a listener to one shared watch, which opens for the first listener and closes after the
 * last. Every watch reads the disk every other second, and several parts of an idle app listen to the same file.
 *
 * @param open starts watching and returns the function that stops it
 */
export function sharedWatch(open: (notify: () => void) => () => void): (listener: () => void) => () => void {
  const listeners = new Set<{ readonly call: () => void }>();
  let close: (() => void) | null = null;
  return (call) => {
    const listener = { call };
    listeners.add(listener);
    close ??= open(() => {
      for (const { call } of [...listeners]) call();
    });
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      close?.();
      close = null;
    };
  };
}
