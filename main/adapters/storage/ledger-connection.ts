import { statSync } from 'node:fs';
import { openRecovering } from './ledger-recovery.ts';
import type { LedgerFileOptions } from './ledger-recovery.ts';
import { isCorruption, storeError } from './sqlite-errors.ts';
import type { SqliteDatabase, SqliteStatement } from './sqlite.ts';

/** The path SQLite reads as "a database in memory, gone when closed". */
export const inMemory = ':memory:';

/**
 * One process's connection to the ledger. It goes on with the right file when another process replaced a damaged
 * one, replaces a damaged one itself, and turns SQLite's errors into ours.
 */
export class LedgerConnection {
  readonly path: string;
  readonly #options: LedgerFileOptions;
  readonly #statements = new Map<string, SqliteStatement>();
  #database: SqliteDatabase;
  #inode: bigint | null;
  #depth = 0;
  #reopened = 0;

  constructor(path: string, options: LedgerFileOptions) {
    this.path = path;
    this.#options = options;
    this.#database = this.#mapped(() => openRecovering(path, options, null));
    this.#inode = this.#inodeOnDisk();
  }

  /** A prepared statement, compiled once per connection. */
  statement(sql: string): SqliteStatement {
    const known = this.#statements.get(sql);
    if (known !== undefined) return known;
    const prepared = this.#database.prepare(sql);
    this.#statements.set(sql, prepared);
    return prepared;
  }

  /** Runs `action`, which only reads. */
  read<T>(action: () => T): T {
    return this.#depth > 0 ? action() : this.#guarded(action);
  }

  /** Runs `action` in one write transaction: all of it or nothing. Inside another `write` it becomes part of that. */
  write<T>(action: () => T): T {
    if (this.#depth > 0) return this.#transaction('SAVEPOINT nested', 'RELEASE nested', 'ROLLBACK TO nested', action);
    return this.#guarded(() => this.#transaction('BEGIN IMMEDIATE', 'COMMIT', 'ROLLBACK', action));
  }

  /** Changes with every commit of another connection, and when the file was replaced. */
  changeCounter(): number {
    return this.read(() => {
      const counter = this.statement('PRAGMA data_version').get()?.['data_version'];
      return Number(counter) + this.#reopened * 2 ** 32;
    });
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #transaction<T>(begin: string, commit: string, rollback: string, action: () => T): T {
    this.#database.exec(begin);
    this.#depth += 1;
    try {
      const result = action();
      this.#database.exec(commit);
      return result;
    } catch (error) {
      this.#undo(rollback);
      throw error;
    } finally {
      this.#depth -= 1;
    }
  }

  /** SQLite has rolled back by itself after some errors (full disk, damage), and a second ROLLBACK would fail. */
  #undo(rollback: string): void {
    try {
      this.#database.exec(rollback);
    } catch (error) {
      if (!(error instanceof Error) || !/no transaction is active|no such savepoint/.test(error.message)) throw error;
    }
  }

  #guarded<T>(action: () => T): T {
    return this.#mapped(() => {
      if (this.#wasReplaced()) this.#reopen();
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

  /** Opens what is at the path now; a file that is still the one this connection had is checked for damage first. */
  #reopen(): void {
    const suspect = this.#inode;
    this.close();
    this.#database = openRecovering(this.path, this.#options, suspect);
    this.#inode = this.#inodeOnDisk();
    this.#reopened += 1;
  }

  #inodeOnDisk(): bigint | null {
    if (this.path === inMemory) return null;
    return statSync(this.path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;
  }
}
