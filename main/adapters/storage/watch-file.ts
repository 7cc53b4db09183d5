import { watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { fingerprintOf } from './file-state.ts';
import type { Fingerprint } from './file-state.ts';

export interface FileWatch {
  /** Checks now instead of at the next event, because this process has just written the file. */
  readonly look: () => void;
  readonly stop: () => void;
}

export interface WatchTiming {
  /** An editor saves in several steps: check after this long without events, in ms. @default 40 */
  readonly quietMs?: number;
  /** Network folders and full inotify tables send no events: check this often anyway, in ms. @default 2000 */
  readonly pollMs?: number;
}

/**
 * Calls `listener` after any program changed, created or deleted the file at `path`. Watches the directory, because a
 * rename replaces the file by another one. Does not keep the process alive.
 */
export function watchFile(path: string, listener: () => void, timing: WatchTiming = {}): FileWatch {
  let known: Fingerprint = fingerprintOf(path);
  let quiet: NodeJS.Timeout | undefined;
  const look = () => {
    const now = fingerprintOf(path);
    if (now === known) return;
    known = now;
    listener();
  };
  const watcher = watchDirectory(dirname(path), (name) => {
    if (name !== null && name !== basename(path)) return;
    clearTimeout(quiet);
    quiet = setTimeout(look, timing.quietMs ?? 40).unref();
  });
  const poll = setInterval(look, timing.pollMs ?? 2000).unref();
  const stop = () => {
    clearTimeout(quiet);
    clearInterval(poll);
    watcher?.close();
  };
  return { look, stop };
}

/** Watches a directory. Events are only faster: without them, polling still finds every change. */
function watchDirectory(directory: string, onEvent: (name: string | null) => void): FSWatcher | null {
  try {
    const watcher = watch(directory, { persistent: false }, (_kind, name) => {
      onEvent(name);
    });
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch {
    return null;
  }
}
