import { chownSync, closeSync, fsyncSync, openSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { basename, dirname, join } from 'node:path';
import process from 'node:process';
import stubbornFs from 'stubborn-fs';

/** Virus scanners and indexers hold files open on Windows, and a rename over such a file fails for a moment. In ms. */
const windowsRetryMs = 2000;

/**
 * Replaces the file at `path` by one with this content: after a crash or power cut at any point it holds the old
 * content or the new one, whole. Readable and writable for its owner only.
 *
 * `beforeReplace` runs when the new content is safe on disk but not yet in place; the old file stays if it throws.
 * Not `atomically`: it writes once and takes a short write on a filling disk for a complete one.
 *
 * @throws the system's error, see `fileError`.
 */
export function writeDurably(path: string, content: string, beforeReplace: () => void = () => undefined): void {
  const temporary = `${path}.tmp-${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    keepOwner(path, temporary);
    beforeReplace();
    replaceFile(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
  syncDirectory(dirname(path));
}

/** Renames over an existing file, on Windows until whoever holds it lets go. */
export function replaceFile(from: string, to: string): void {
  stubbornFs.retry.renameSync({ timeout: process.platform === 'win32' ? windowsRetryMs : 0 })(from, to);
}

/** Makes a rename in this directory survive a power cut. Windows cannot open directories and needs no such thing. */
export function syncDirectory(directory: string): void {
  if (process.platform === 'win32') return;
  const handle = openSync(directory, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}

/** Removes what writers that died left beside `path`. Only for a caller that holds the lock all writers take. */
export function removeStaleTemporaries(path: string): void {
  const prefix = `${basename(path)}.tmp-`;
  for (const name of readdirSync(dirname(path))) {
    if (name.startsWith(prefix)) rmSync(join(dirname(path), name), { force: true });
  }
}

/** One `sudo` must not lock the user out of their own files. */
function keepOwner(path: string, temporary: string): void {
  if (process.getuid?.() !== 0) return;
  const owner = statSync(path, { throwIfNoEntry: false }) ?? statSync(dirname(path));
  if (owner.uid !== 0) chownSync(temporary, owner.uid, owner.gid);
}
