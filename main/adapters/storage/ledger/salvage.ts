import { isCorruption } from './sqlite-errors.ts';
import { openDatabase } from './sqlite.ts';
import type { SqliteDatabase } from './sqlite.ts';

/**
 * The tables to save, most important first, with the ledger version that introduced them. `meta` is not saved: it
 * belongs to the file.
 */
const tables = {
  slots: { key: ['task_id', 'slot'], since: 1 },
  run_state: { key: ['task_id'], since: 1 },
  executions: { key: ['sequence'], since: 1 },
  audit: { key: ['sequence'], since: 1 },
  proposals: { key: ['sequence'], since: 3 },
  agent_clients: { key: ['name', 'version'], since: 3 },
  alerts: { key: ['sequence'], since: 9 },
  alert_causes: { key: ['task_id', 'channel'], since: 9 },
  usage: { key: ['account', 'day'], since: 10 },
} as const;
type Table = keyof typeof tables;

/** The result of a salvage. `complete` is false as soon as a row of any table may be missing. */
export interface Salvage {
  readonly rows: number;
  readonly complete: boolean;
}

/**
 * Copies every row that can still be read from a damaged ledger into a new one, in one transaction. Does not change the
 * damaged file. If no row of any table is missing, calls `allSaved` in that transaction with the damaged ledger;
 * it returns false if the damaged ledger itself was incomplete.
 */
export function salvageRows(
  damagedPath: string,
  fresh: SqliteDatabase,
  allSaved: (damaged: SqliteDatabase['prepare']) => boolean = () => true,
): Salvage {
  let source: SqliteDatabase;
  try {
    source = openDatabase(damagedPath, { readOnly: true });
  } catch (error) {
    if (isUnusable(error)) return { rows: 0, complete: false };
    throw error;
  }
  fresh.exec('BEGIN IMMEDIATE');
  let rows = 0;
  let complete = true;
  const version = versionOf(source);
  for (const table of Object.keys(tables) as Table[]) {
    if (tables[table].since > version) continue;
    // A damaged page ends a scan; the rows behind it are read from the other end.
    const forward = copyTable(source, fresh, table, 'ASC');
    rows += forward.rows;
    if (forward.complete) continue;
    complete = false;
    rows += copyTable(source, fresh, table, 'DESC').rows;
  }
  complete &&= isWhole(() => allSaved(source.prepare.bind(source)));
  fresh.exec('COMMIT');
  source.close();
  return { rows, complete };
}

function isWhole(allSaved: () => boolean): boolean {
  try {
    return allSaved();
  } catch (error) {
    if (isUnusable(error)) return false;
    throw error;
  }
}

/** Returns the damaged ledger's version; if even that is unreadable, all tables are tried. */
function versionOf(source: SqliteDatabase): number {
  try {
    return Number(source.prepare('PRAGMA user_version').get()?.['user_version'] ?? Infinity);
  } catch (error) {
    if (isUnusable(error)) return Infinity;
    throw error;
  }
}

function copyTable(source: SqliteDatabase, fresh: SqliteDatabase, table: Table, order: 'ASC' | 'DESC'): Salvage {
  const columns = sharedColumns(source, fresh, table);
  const insert = fresh.prepare(
    `INSERT OR IGNORE INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  const key = tables[table].key.map((column) => `${column} ${order}`).join(', ');
  let rows = 0;
  let complete = true;
  try {
    for (const row of source.prepare(`SELECT ${columns.join(', ')} FROM ${table} ORDER BY ${key}`).iterate()) {
      try {
        rows += Number(insert.run(...columns.map((column) => row[column] ?? null)).changes);
      } catch (error) {
        // A row with damaged content violates the table's types and checks.
        if (!isConstraint(error)) throw error;
        complete = false;
      }
    }
  } catch (error) {
    if (!isUnusable(error)) throw error;
    complete = false;
  }
  return { rows, complete };
}

/** Returns the columns that both ledgers have: the damaged one may be older and lack later columns. */
function sharedColumns(source: SqliteDatabase, fresh: SqliteDatabase, table: string): string[] {
  const known = columnsOf(fresh, table);
  try {
    const there = new Set(columnsOf(source, table));
    return there.size === 0 ? known : known.filter((column) => there.has(column));
  } catch (error) {
    if (!isUnusable(error)) throw error;
    return known;
  }
}

function columnsOf(database: SqliteDatabase, table: string): string[] {
  const rows = database.prepare(`SELECT name FROM pragma_table_info('${table}') ORDER BY cid`).all();
  return rows.map((row) => String(row['name']));
}

const sqliteConstraint = 19;
const sqliteGenericError = 1;
const sqliteCannotOpen = 14;

function isConstraint(error: unknown): boolean {
  return resultCode(error) === sqliteConstraint;
}

/** Returns whether the error means damage, which can also appear as a "missing" table or a file that does not open. */
function isUnusable(error: unknown): boolean {
  const code = resultCode(error);
  return isCorruption(error) || code === sqliteGenericError || code === sqliteCannotOpen;
}

function resultCode(error: unknown): number | null {
  return error instanceof Error && 'errcode' in error && typeof error.errcode === 'number'
    ? error.errcode & 0xff
    : null;
}
