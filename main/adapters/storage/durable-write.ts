import { closeSync, fsyncSync, openSync, readdirSync, rmSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import stubbornFs from 'stubborn-fs';
import { refuseForeignOwner } from '../files/file-owner.ts';
import { createPrivateFile } from './private-file.ts';

/**
 * How long to retry a rename, in ms: on Windows, virus scanners and indexers hold files open, and a rename over such a
 * file fails for a moment.
 */
const windowsRetryMs = 2000;

/**
 * Replaces the file at `path`. After a crash or power cut at any point, the file holds either the old or the new
 * content in full. Readable and writable for its owner only. A link at `path` is replaced, not followed: pass the real
 * path of a file that may be a link.
 *
 * `beforeReplace` runs when the new content is safe on disk but not yet in place; if it throws, the old file stays.
 * `atomically` is not used, because it writes once and takes a short write on a full disk for a complete one.
 *
 * @throws SchedulerError `store/foreign-owner` if root would write another user's file; otherwise the system's error,
 * see `writeError`.
 */
export function writeDurably(path: string, content: string, beforeReplace: () => void = () => undefined): void {
  refuseForeignOwner(path);
  const temporary = temporaryOf(path);
  try {
    createPrivateFile(temporary, content);
    beforeReplace();
    replaceFile(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Returns a new name for a temporary file beside `path`, which `removeStaleTemporaries` recognizes. */
export function temporaryOf(path: string): string {
  return `${path}.tmp-${process.pid}-${randomBytes(6).toString('hex')}`;
}

/** Renames over an existing file; on Windows, retries while another program holds it. */
export function replaceFile(from: string, to: string): void {
  stubbornFs.retry.renameSync({ timeout: process.platform === 'win32' ? windowsRetryMs : 0 })(from, to);
}

/** Makes a rename in this directory survive a power cut. Windows cannot open directories and does not need this. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes temporary files that crashed writers left beside `path`. The caller must hold the lock of all writers. */
export function removeStaleTemporaries(path: string): void {
  const prefix = `${basename(path)}.tmp-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
  }
}
