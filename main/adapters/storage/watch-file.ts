import { statfsSync, statSync, watch } from 'node:fs';
import type { FSWatcher } from 'node:fs';
import { basename, dirname } from 'node:path';
import { systemCode } from './file-errors.ts';
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
  /** Check this often anyway, in ms. @default what `pollMsOf` returns */
  readonly pollMs?: number;
}

const oftenMs = 2000;
const seldomMs = 60_000;

/**
 * File systems of this machine alone, by `f_type` of statfs(2) on Linux: ext, XFS, Btrfs, ZFS, F2FS, tmpfs, overlayfs.
 * Every change of a file there causes an event here; a change in a network folder may not.
 */
const local = new Set([0xef53, 0x58465342, 0x9123683e, 0x2fc12fc1, 0xf2f52010, 0x01021994, 0x794c7630]);

/** Returns how often to check a file, in ms, if the events of its folder come. Seldom where the folder is missing. */
export function pollMsOf(path: string, platform: NodeJS.Platform = process.platform): number {
  const folder = dirname(path);
  try {
    return platform === 'linux' && local.has(statfsSync(folder).type) && !isMounted(path) ? seldomMs : oftenMs;
  } catch (error) {
    return systemCode(error) === 'ENOENT' ? seldomMs : oftenMs;
  }
}

/**
 * Returns whether the file itself is mounted, as into a container (`-v ./config.json:/data/config.json`): what others write
 * sends no event to its folder.
 */
function isMounted(path: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false });
  return file !== undefined && file.dev !== statSync(dirname(path)).dev;
}

/**
 * Calls `listener` after any program changed, created or deleted the file at `path`. Watches the directory, because a
 * rename replaces the file by another one. Does not keep the process alive.
 */
export function watchFile(path: string, listener: () => void, timing: WatchTiming = {}): FileWatch {
  const folder = dirname(path);
  let known: Fingerprint = fingerprintOf(path);
  let quiet: NodeJS.Timeout | undefined;
  let next: NodeJS.Timeout | undefined;
  let watcher: FSWatcher | null = null;
  const look = () => {
    const now = fingerprintOf(path);
    if (now === known) return;
    known = now;
    listener();
  };
  const lookAgain = (afterMs: number) => {
    clearTimeout(next);
    next = setTimeout(poll, timing.pollMs ?? afterMs).unref();
  };
  /** The folder was deleted or moved, or its events end: another one may take its place. */
  const lost = () => {
    watcher?.close();
    watcher = null;
    lookAgain(oftenMs);
  };
  const changed = (name: string | null) => {
    if (name === basename(folder)) lost();
    else if (name !== null && name !== basename(path)) return;
    clearTimeout(quiet);
    quiet = setTimeout(look, timing.quietMs ?? 40).unref();
  };
  const poll = () => {
    look();
    watcher ??= watchDirectory(folder, changed, lost);
    // An existing folder that sends no events is looked at often, whatever it is on.
    lookAgain(watcher === null && fingerprintOf(folder) !== null ? oftenMs : pollMsOf(path));
  };
  poll();
  const stop = () => {
    clearTimeout(quiet);
    clearTimeout(next);
    watcher?.close();
  };
  return { look, stop };
}

/** Watches a directory; null if that is not possible, as when inotify's tables are full. */
function watchDirectory(
  directory: string,
  onEvent: (name: string | null) => void,
  onEnd: () => void,
): FSWatcher | null {
  try {
    const watcher = watch(directory, { persistent: false }, (_kind, name) => onEvent(name));
    watcher.on('error', onEnd);
    return watcher;
  } catch {
    return null;
  }
}
