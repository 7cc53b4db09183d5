import { renameSync, statSync } from 'node:fs';
import type { LedgerReplacement } from '../../../ports/ledger/history.ts';
import { migrateLedger } from './schema.ts';
import { salvageRows } from './salvage.ts';
import { isBusy, isCorruption } from './sqlite-errors.ts';
import { openDatabase } from './sqlite.ts';
import type { SqliteDatabase } from './sqlite.ts';

export interface LedgerFileOptions {
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Called once, by the process that did it, when a damaged ledger was moved aside. */
  readonly onReplaced?: (replacement: LedgerReplacement) => void;
}

/** Longest wait for other processes that set up the file at the same moment, in ms. */
const openTimeoutMs = 15_000;

/**
 * Opens the ledger at `path`. A damaged one is moved aside as `<path>.corrupt-<time>` and a fresh one takes its place,
 * with every row that could still be read. The inode of a file already known to have answered "corrupt" is given as
 * `suspect`: that file is checked page by page.
 */
export function openRecovering(path: string, options: LedgerFileOptions, suspect: bigint | null): SqliteDatabase {
  if (suspect === null) {
    try {
      return openLedgerFile(path);
    } catch (error) {
      if (!isCorruption(error)) throw error;
    }
  }
  return withRecoveryLock(path, () => {
    // Another process may have replaced it while this one waited.
    const sound = openIfSound(path, suspect);
    if (sound !== null) return sound;
    return replaceDamaged(path, options);
  });
}

/** SQLite does not wait by itself for others that switch a new file to WAL at the same moment: it answers "busy". */
function openLedgerFile(path: string): SqliteDatabase {
  const deadline = Date.now() + openTimeoutMs;
  for (;;) {
    try {
      return openOnce(path);
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function openOnce(path: string): SqliteDatabase {
  const database = openDatabase(path);
  try {
    if (path !== ':memory:') database.exec('PRAGMA journal_mode = WAL');
    migrateLedger(database, path);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function openIfSound(path: string, suspect: bigint | null): SqliteDatabase | null {
  try {
    const inode = statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
    const database = openLedgerFile(path);
    if (inode === null || inode !== suspect || isSound(database)) return database;
    database.close();
    return null;
  } catch (error) {
    if (isCorruption(error)) return null;
    throw error;
  }
}

function isSound(database: SqliteDatabase): boolean {
  try {
    return database.prepare('PRAGMA quick_check(1)').get()?.['quick_check'] === 'ok';
  } catch (error) {
    if (isCorruption(error)) return false;
    throw error;
  }
}

function replaceDamaged(path: string, options: LedgerFileOptions): SqliteDatabase {
  const at = (options.now ?? Date.now)();
  const movedTo = `${path}.corrupt-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`;
  // The log first: a crash between the renames then leaves a damaged ledger that is found and moved at the next start.
  for (const suffix of ['-wal', '-shm', '']) {
    if (statSync(path + suffix, { throwIfNoEntry: false }) !== undefined) renameSync(path + suffix, movedTo + suffix);
  }
  const database = openLedgerFile(path);
  const salvage = salvageRows(movedTo, database);
  const replacement: LedgerReplacement = {
    at: new Date(at).toISOString(),
    movedTo,
    rowsSaved: salvage.rows,
    complete: salvage.complete,
  };
  const remember = database.prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)');
  remember.run('replacement', JSON.stringify(replacement));
  // Slots whose rows are gone may have run: nothing up to now may run again.
  if (!salvage.complete) remember.run('floor', String(at));
  options.onReplaced?.(replacement);
  return database;
}

/**
 * One process at a time. The lock is SQLite's own on a file beside it, so that a crash frees it on every system. The
 * file stays: a process that waits for it must wait for the same one as the next to come.
 */
function withRecoveryLock<T>(path: string, action: () => T): T {
  const lock = openDatabase(`${path}.recovery-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return action();
  } finally {
    lock.close();
  }
}
