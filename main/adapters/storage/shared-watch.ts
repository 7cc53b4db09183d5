import type { FileWatch } from './watch-file.ts';

export interface SharedWatch {
  /** Adds a listener and returns the function that removes it. */
  readonly add: (listener: () => void) => () => void;
  /**
   * Tells the listeners of a write by this process without waiting for an event of the disk, once the code that wrote
   * is done: a listener never runs inside a lock or a transaction.
   */
  readonly look: () => void;
}

/**
 * Shares one watch between listeners: it opens for the first and closes after the last. Every watch reads the disk every
 * other second, and several parts of an idle app listen to the same file.
 */
export function sharedWatch(open: (notify: () => void) => FileWatch): SharedWatch {
  const listeners = new Set<{ readonly call: () => void }>();
  let watch: FileWatch | null = null;
  const add = (call: () => void): (() => void) => {
    const listener = { call };
    listeners.add(listener);
    watch ??= open(() => {
      for (const { call } of [...listeners]) call();
    });
    return () => {
      if (!listeners.delete(listener) || listeners.size > 0) return;
      watch?.stop();
      watch = null;
    };
  };
  return { add, look: () => queueMicrotask(() => watch?.look()) };
}
