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
  /** Called once, by the process that moved a damaged ledger aside. */
  readonly onReplaced?: (replacement: LedgerReplacement) => void;
}

/** Longest wait for other processes that set up the file at the same time, in ms. */
const openTimeoutMs = 15_000;

/**
 * Opens the ledger at `path`. Moves a damaged one aside as `<path>.corrupt-<time>` and creates a new one with every row
 * that could still be read. `suspect` is the inode of a file that has already returned "corrupt"; that file is checked
 * page by page.
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
    // Another process may have replaced the file while this one waited.
    const sound = openIfSound(path, suspect);
    if (sound !== null) return sound;
    return replaceDamaged(path, options);
  });
}

/**
 * Opens the file and retries: SQLite does not wait for others that switch a new file to WAL at the same time, but
 * returns "busy".
 */
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
  // The write-ahead log first: after a crash between the renames, the next start finds the damaged ledger and moves it.
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
  // Slots whose rows are lost may have run: no slot up to now may run again.
  if (!salvage.complete) remember.run('floor', String(at));
  options.onReplaced?.(replacement);
  return database;
}

/**
 * Runs `action` in one process at a time. The lock is SQLite's own on a separate file, so that a crash releases it on
 * every system. The file is not deleted: all waiting processes must wait for the same file.
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
