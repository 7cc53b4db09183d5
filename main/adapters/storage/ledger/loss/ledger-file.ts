import { chmodSync, closeSync, lstatSync, openSync } from 'node:fs';
import { dirname, join } from 'node:path';
import process from 'node:process';
import { readText } from '../../../files/read-file.ts';
import { systemCode } from '../../file-errors.ts';
import { largestDocumentBytes } from '../../file-state.ts';

/** What was at the ledger's path before it was opened. */
export type FoundFile = 'missing' | 'empty' | 'filled';

/** Files whose existence with content shows that there were tasks: the definitions and their backups. */
const definitions = ['schedule.json', ...[1, 2, 3, 4, 5].map((n) => `schedule.json.backup-${n}`)];

/**
 * Creates a missing ledger for its owner only, because SQLite would let other users read it, and takes other users'
 * access to an existing one and its helper files away. SQLite gives new helper files the ledger's mode.
 *
 * An existing file is never opened here: closing it would release the locks that this process's connections hold
 * (https://www.sqlite.org/howtocorrupt.html, 2.2).
 */
export function prepareLedgerFile(path: string): FoundFile {
  const found = foundFile(path);
  if (found === 'missing') create(path);
  else for (const suffix of ['', '-wal', '-shm']) makePrivate(path + suffix);
  return found;
}

/** Returns whether the folder of the ledger holds tasks, or a file that may have held some. */
export function hasTasksBeside(path: string): boolean {
  return definitions.some((name) => mayHoldTasks(join(dirname(path), name)));
}

function foundFile(path: string): FoundFile {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'missing';
  return stats.isFile() && stats.size === 0 ? 'empty' : 'filled';
}

function create(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // Another process was faster, or the folder refuses files: SQLite then says so with its own error.
  }
}

function makePrivate(path: string): void {
  if (process.platform === 'win32') return;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined || !stats.isFile() || (stats.mode & 0o077) === 0) return;
  if (stats.uid !== process.getuid?.()) return;
  try {
    chmodSync(path, stats.mode & 0o700);
  } catch (error) {
    // On a file system that is read-only or has no modes, the ledger can still be read.
    if (systemCode(error) === null) throw error;
  }
}

function mayHoldTasks(path: string): boolean {
  try {
    const { tasks } = JSON.parse(readText(path, largestDocumentBytes)) as { readonly tasks?: unknown };
    return typeof tasks !== 'object' || tasks === null || Object.keys(tasks).length > 0;
  } catch (error) {
    // A file that cannot be read or parsed may have held tasks.
    return systemCode(error) !== 'ENOENT';
  }
}
