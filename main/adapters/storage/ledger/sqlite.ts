import { createRequire } from 'node:module';
import process from 'node:process';
import { SchedulerError } from '../../../domain/errors.ts';

/** The values that SQLite stores and returns. */
export type SqliteValue = string | number | bigint | null | Uint8Array;

/** One row, by column name. */
export type SqliteRow = Record<string, SqliteValue>;

/** A prepared statement: the part of `node:sqlite`'s `StatementSync` that this app uses. */
export interface SqliteStatement {
  run(...values: SqliteValue[]): { changes: number | bigint; lastInsertRowid: number | bigint };
  get(...values: SqliteValue[]): SqliteRow | undefined;
  all(...values: SqliteValue[]): SqliteRow[];
  iterate(...values: SqliteValue[]): Iterable<SqliteRow>;
}

/** An open database: the part of `node:sqlite`'s `DatabaseSync` that this app uses. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

interface SqliteModule {
  readonly DatabaseSync: new (path: string, options?: { readOnly?: boolean }) => SqliteDatabase;
}

/**
 * The oldest safe version. In SQLite 3.7.0 to 3.51.2, the "WAL-reset" bug can corrupt a WAL database when several
 * processes write (https://www.sqlite.org/wal.html#walresetbug), and several processes are the normal case here.
 */
const oldestSafeVersion = [3, 51, 3] as const;

interface OpenOptions {
  /** @default false */
  readonly readOnly?: boolean;
  /** How long a statement waits for another process's transaction before it fails with `store/locked`. @default 15000 */
  readonly busyTimeoutMs?: number;
}

/**
 * Opens an SQLite database file, or `:memory:`; creates it if it does not exist. Waits for writers of other processes.
 * A committed transaction is on disk, even after a power cut.
 *
 * Uses the built-in `node:sqlite` if the runtime's is new enough (Electron 45, Node 24), otherwise
 * `@photostructure/sqlite`, which has the same interface (Electron 33, Node 20).
 *
 * @throws the binding's own error; `storeError` in `sqlite-errors.ts` converts it to a `SchedulerError`.
 */
export function openDatabase(
  path: string,
  { readOnly = false, busyTimeoutMs = 15_000 }: OpenOptions = {},
): SqliteDatabase {
  const { DatabaseSync } = loadSqlite();
  const database = new DatabaseSync(path, { readOnly });
  try {
    assertSafeVersion(database);
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}; PRAGMA synchronous = FULL; PRAGMA temp_store = MEMORY;`);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * Rolls back. Ignores a failure: SQLite rolls back by itself after some errors (full disk, damage), and a second
 * ROLLBACK then fails.
 */
export function rollBack(database: SqliteDatabase, statement = 'ROLLBACK'): void {
  try {
    database.exec(statement);
  } catch (error) {
    if (!(error instanceof Error) || !/no transaction is active|no such savepoint/.test(error.message)) throw error;
  }
}

/** Loads the binding. A static import is not possible: each module is missing in one of the runtimes. */
function loadSqlite(): SqliteModule {
  if (isSafe(process.versions['sqlite'] ?? '0')) {
    const builtin = process.getBuiltinModule('node:sqlite') as SqliteModule | undefined;
    if (builtin !== undefined) return builtin;
  }
  return createRequire(import.meta.url)('@photostructure/sqlite') as SqliteModule;
}

function assertSafeVersion(database: SqliteDatabase): void {
  const version = String(database.prepare('SELECT sqlite_version() AS version').get()?.['version']);
  if (isSafe(version)) return;
  throw new SchedulerError(
    'store/sqlite-too-old',
    `SQLite ${version} can damage the ledger when several processes write. Version ${oldestSafeVersion.join('.')} or newer is needed: use a newer Node.js or reinstall the app.`,
    { version },
  );
}

function isSafe(version: string): boolean {
  const parts = version.split('.').map(Number);
  for (const [index, needed] of oldestSafeVersion.entries()) {
    const part = parts[index] ?? 0;
    if (part !== needed) return part > needed;
  }
  return true;
}
