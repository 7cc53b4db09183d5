/**
 * One watch for any number of listeners: it is opened for the first and closed after the last. Every watch looks at the
 * disk every other second, and an app that idles in the tray has several parts that want to hear of the same file.
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
