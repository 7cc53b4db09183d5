import { renameSync, statSync } from 'node:fs';
import type { LedgerReplacement } from '../../../ports/ledger/history.ts';
import { migrateLedger } from './schema.ts';
import type { LedgerLoss } from '../../../ports/ledger/losses.ts';
import type { LossGuard } from './loss/guard.ts';
import { prepareLedgerFile } from './loss/ledger-file.ts';
import { salvageRows } from './salvage.ts';
import { isBusy, isCorruption, isRefusal } from './sqlite-errors.ts';
import { openDatabase, rollBack } from './sqlite.ts';
import type { SqliteDatabase } from './sqlite.ts';

export interface LedgerFileOptions {
  /** Milliseconds since 1970. @default Date.now */
  readonly now?: () => number;
  /** Called once, by the process that moved a damaged ledger aside. */
  readonly onReplaced?: (replacement: LedgerReplacement) => void;
  /** Called once, by the process that found that the ledger was lost or is older than what ran. */
  readonly onLost?: (loss: LedgerLoss) => void;
  /** Called when the file beside the ledger that witnesses its claims could not be written. The claims are safe. */
  readonly onWitnessProblem?: (problem: unknown) => void;
  /** Returns what identifies this machine, or null if nothing does. @default `machineFingerprint` */
  readonly machine?: () => string | null;
}

/** What it takes to open a ledger file. `guard` is null for a ledger in memory. */
interface Opening {
  readonly path: string;
  readonly options: LedgerFileOptions;
  readonly guard: LossGuard | null;
}

/** Longest wait for other processes that set up the file at the same time, in ms. */
const openTimeoutMs = 15_000;

/**
 * Opens the ledger at `path`. Moves a damaged one aside as `<path>.corrupt-<time>` and creates a new one with every row
 * that could still be read. `suspect` is the inode of a file that has already returned "corrupt"; that file is checked
 * page by page.
 */
export function openRecovering(opening: Opening, suspect: bigint | null): SqliteDatabase {
  if (suspect === null) {
    try {
      return openLedgerFile(opening);
    } catch (error) {
      if (!isCorruption(error)) throw error;
    }
  }
  return withRecoveryLock(opening.path, () => {
    // Another process may have replaced the file while this one waited.
    const sound = openIfSound(opening, suspect);
    if (sound !== null) return sound;
    return replaceDamaged(opening);
  });
}

/**
 * Opens the file and retries: SQLite does not wait for others that switch a new file to WAL at the same time, but
 * returns "busy".
 */
function openLedgerFile(opening: Opening, isReplacement = false): SqliteDatabase {
  const deadline = Date.now() + openTimeoutMs;
  for (;;) {
    try {
      return openOnce(opening, isReplacement);
    } catch (error) {
      if (!isBusy(error) || Date.now() > deadline) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}

function openOnce({ path, guard }: Opening, isReplacement: boolean): SqliteDatabase {
  guard?.settle(false);
  const found = guard === null ? 'missing' : prepareLedgerFile(path);
  const database = openDatabase(path);
  try {
    if (path !== ':memory:') database.exec('PRAGMA journal_mode = WAL');
    const prepare = database.prepare.bind(database);
    migrateLedger(database, path, () => (isReplacement ? guard?.replacing(prepare) : guard?.born(prepare, found)));
    if (guard !== null && !isReplacement) checkLoss(database, guard);
    return database;
  } catch (error) {
    guard?.settle(false);
    database.close();
    throw error;
  }
}

/** Records a loss at once, for those who only read. Every claim checks again, so a failure here starts nothing. */
function checkLoss(database: SqliteDatabase, guard: LossGuard): void {
  const prepare = database.prepare.bind(database);
  guard.settle(true);
  if (!guard.isSuspect(prepare)) return;
  try {
    database.exec('BEGIN IMMEDIATE');
    guard.check(prepare);
    database.exec('COMMIT');
    guard.settle(true);
  } catch (error) {
    guard.settle(false);
    rollBack(database);
    // A locked, full or write-protected disk: what is there can still be read.
    if (!isRefusal(error)) throw error;
  }
}

function openIfSound(opening: Opening, suspect: bigint | null): SqliteDatabase | null {
  try {
    const inode = statSync(opening.path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
    const database = openLedgerFile(opening);
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

function replaceDamaged(opening: Opening): SqliteDatabase {
  const { path, options, guard } = opening;
  const at = (options.now ?? Date.now)();
  const movedTo = `${path}.corrupt-${new Date(at).toISOString().replaceAll(/[:.]/g, '-')}`;
  // The write-ahead log first: after a crash between the renames, the next start finds the damaged ledger and moves it.
  for (const suffix of ['-wal', '-shm', '']) {
    if (statSync(path + suffix, { throwIfNoEntry: false }) !== undefined) renameSync(path + suffix, movedTo + suffix);
  }
  const database = openLedgerFile(opening, true);
  // Slots whose rows are lost may have run: unless nothing is lost, the new ledger keeps its floor, which is now.
  const prepare = database.prepare.bind(database);
  const salvage = salvageRows(movedTo, database, (damaged) => guard?.salvaged(prepare, damaged, movedTo) ?? true);
  const replacement: LedgerReplacement = {
    at: new Date(at).toISOString(),
    movedTo,
    rowsSaved: salvage.rows,
    complete: salvage.complete,
  };
  prepare('INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)').run('replacement', JSON.stringify(replacement));
  guard?.settle(true);
  options.onReplaced?.(replacement);
  return database;
}

/**
 * Runs `action` in one process at a time. The lock is SQLite's own on a separate file, so that a crash releases it on
 * every system. The file is not deleted: all waiting processes must wait for the same file.
 */
function withRecoveryLock<T>(path: string, action: () => T): T {
  prepareLedgerFile(`${path}.recovery-lock`);
  const lock = openDatabase(`${path}.recovery-lock`);
  try {
    lock.exec('BEGIN EXCLUSIVE');
    return action();
  } finally {
    lock.close();
  }
}
