import { statSync } from 'node:fs';
import { SchedulerError } from '../../../domain/errors.ts';
import { LossGuard } from './loss/guard.ts';
import { machineFingerprint } from './loss/place.ts';
import { openRecovering } from './recovery.ts';
import type { LedgerFileOptions } from './recovery.ts';
import { isCorruption, storeError } from './sqlite-errors.ts';
import { rollBack } from './sqlite.ts';
import type { SqliteDatabase, SqliteStatement } from './sqlite.ts';

/** The path that SQLite reads as "a database in memory, gone when closed". */
const inMemory = ':memory:';

const closed = 'The ledger is closed because the app is about to end. Nothing was written.';
const damagedMeanwhile =
  'The ledger was damaged and was replaced by a new one with all rows that could be saved. Check whether your change was saved before you try again.';

/**
 * One process's connection to the ledger. Switches to the new file when another process replaced a damaged one,
 * replaces a damaged one itself, and converts SQLite's errors to SchedulerError.
 */
export class LedgerConnection {
  readonly path: string;
  readonly #options: LedgerFileOptions;
  readonly #guard: LossGuard | null;
  readonly #statements = new Map<string, SqliteStatement>();
  /** Null after a failed attempt to reopen it; the next use tries again. */
  #database: SqliteDatabase | null;
  #inode: bigint | null;
  readonly #listeners = new Set<() => void>();
  #depth = 0;
  #closed = false;
  #reopened = 0;

  constructor(path: string, options: LedgerFileOptions) {
    this.path = path;
    this.#options = options;
    this.#guard = path === inMemory ? null : guardOf(path, options);
    this.#database = this.#mapped(() => this.#openFile(null));
    this.#inode = this.#inodeOnDisk();
  }

  /** Returns a prepared statement, compiled once per connection. */
  statement(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#open().prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  /** Runs `action`, which must only read. */
  read<T>(action: () => T): T {
    return this.#depth > 0 ? action() : this.#guarded(action);
  }

  /**
   * Runs `action` in one write transaction: either all of it is written or none. Inside another `write` it becomes part
   * of that one.
   */
  write<T>(action: () => T): T {
    return this.#depth > 0 ? this.#nested(action) : this.#committed(() => this.#outermost(action));
  }

  /**
   * Same as `write`, for an action with effects outside this database: it never runs a second time, even if damage is
   * found and repaired meanwhile.
   */
  writeOnce<T>(action: () => T): T {
    if (this.#depth > 0) return this.#nested(action);
    let started = false;
    const once = () => {
      if (started) throw new SchedulerError('store/ledger-corrupt', damagedMeanwhile, { path: this.path });
      started = true;
      return action();
    };
    return this.#committed(() => this.#outermost(once));
  }

  /**
   * Same as `write`, for claims: before them it checks that the ledger knows everything that ran. `action` returns
   * which claims were made.
   */
  writeClaims(action: () => boolean[]): boolean[] {
    return this.write(() => {
      const prepare = (sql: string) => this.statement(sql);
      this.#guard?.check(prepare);
      const claimed = action();
      if (claimed.includes(true)) this.#guard?.claimed(prepare);
      return claimed;
    });
  }

  /**
   * Same as `write`, for data that may be lost in a power cut: the commit does not wait for the disk. A crash of the
   * process loses nothing, and the ledger always stays consistent
   * (https://www.sqlite.org/pragma.html#pragma_synchronous).
   */
  writeSoon(action: () => void): void {
    if (this.#depth > 0) return this.#nested(action);
    this.#committed(() => this.#soon(action));
  }

  /** Same as `writeSoon`, for what nobody can see, such as an index: it notifies no listener of this connection. */
  writeUnseen(action: () => void): void {
    if (this.#depth > 0) return this.#nested(action);
    this.#settled(() => this.#guarded(() => this.#soon(action)));
  }

  /** Returns a number that changes with every commit of another connection, and when the file was replaced. */
  changeCounter(): number {
    return this.read(() => {
      const counter = this.statement('PRAGMA data_version').get()?.['data_version'];
      return Number(counter) + this.#reopened * 2 ** 32;
    });
  }

  /** Calls `listener` after each transaction that this connection committed, but not for `writeUnseen`. Returns the function that stops it. */
  watch(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#closed = true;
    this.#release();
  }

  #release(): void {
    this.#statements.clear();
    this.#database?.close();
    this.#database = null;
  }

  /** Notifies the listeners outside of the repair of damage, which would write again if a listener found some. */
  #committed<T>(write: () => T): T {
    const result = this.#settled(() => this.#guarded(write));
    for (const listener of [...this.#listeners]) listener();
    return result;
  }

  #settled<T>(write: () => T): T {
    try {
      const result = write();
      this.#guard?.settle(true);
      return result;
    } catch (error) {
      this.#guard?.settle(false);
      throw error;
    }
  }

  /** Commits without waiting for the disk. */
  #soon(action: () => void): void {
    const database = this.#open();
    database.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#outermost(action);
    } finally {
      database.exec('PRAGMA synchronous = FULL');
    }
  }

  #outermost<T>(action: () => T): T {
    return this.#transaction('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', action);
  }

  #nested<T>(action: () => T): T {
    return this.#transaction('SAVEPOINT nested', 'RELEASE nested', 'ROLLBACK TO nested; RELEASE nested', action);
  }

  #transaction<T>(begin: string, commit: string, rollback: string, action: () => T): T {
    const database = this.#open();
    database.exec(begin);
    this.#depth += 1;
    try {
      const result = action();
      database.exec(commit);
      return result;
    } catch (error) {
      rollBack(database, rollback);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  #guarded<T>(action: () => T): T {
    return this.#mapped(() => {
      if (this.#closed) throw new SchedulerError('store/ledger-closed', closed, { path: this.path });
      if (this.#database === null || this.#wasReplaced()) this.#reopen();
      try {
        return action();
      } catch (error) {
        if (!isCorruption(error) || this.path === inMemory) throw error;
        this.#reopen();
        return action();
      }
    });
  }

  #mapped<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw storeError(error, this.path);
    }
  }

  #wasReplaced(): boolean {
    return this.path !== inMemory && this.#inodeOnDisk() !== this.#inode;
  }

  /** Opens the file now at the path. If it is still the same file as before, checks it for damage first. */
  #reopen(): void {
    const suspect = this.#inode;
    this.#release();
    this.#database = this.#openFile(suspect);
    this.#inode = this.#inodeOnDisk();
    this.#reopened += 1;
  }

  #open(): SqliteDatabase {
    this.#database ??= this.#openFile(null);
    return this.#database;
  }

  #openFile(suspect: bigint | null): SqliteDatabase {
    return openRecovering({ path: this.path, options: this.#options, guard: this.#guard }, suspect);
  }

  #inodeOnDisk(): bigint | null {
    if (this.path === inMemory) return null;
    return statSync(this.path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
  }
}

function guardOf(path: string, options: LedgerFileOptions): LossGuard {
  return new LossGuard({
    path,
    now: options.now ?? Date.now,
    machine: options.machine ?? machineFingerprint,
    onLost: (loss) => options.onLost?.(loss),
    onWitnessProblem: (problem) => options.onWitnessProblem?.(problem),
  });
}
