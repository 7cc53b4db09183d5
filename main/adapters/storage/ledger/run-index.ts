import type { RunIndexing } from '../../../ports/ledger/pages.ts';
import type { LedgerConnection } from './connection.ts';

const columns = [
  'task_id',
  'timing_id',
  'trigger',
  'status',
  'doubtful',
  'task_name',
  'tool',
  'error_message',
] as const;

/** Returns the value that the kind of a run has in a column. @param row the name of a row of `executions` */
const valueOf = (row: string, column: (typeof columns)[number]): string => {
  if (column === 'doubtful') return `(${row}.doubt IS NOT NULL)`;
  return column === 'error_message' ? `coalesce(${row}.error_message, '')` : `${row}.${column}`;
};
const valuesOf = (row: string): string => columns.map((column) => valueOf(row, column)).join(', ');
const isKindOf = (row: string): string =>
  columns.map((column) => `run_kinds.${column} = ${valueOf(row, column)}`).join(' AND ');

const remove = `
    DELETE FROM runs_by_kind
    WHERE kind = (SELECT kind FROM run_kinds WHERE ${isKindOf('old')})
      AND started_at = old.started_at AND sequence = old.sequence;`;
const add = `
    INSERT OR IGNORE INTO run_kinds (${columns.join(', ')}) VALUES (${valuesOf('new')});
    INSERT OR IGNORE INTO runs_by_kind (kind, started_at, sequence)
      SELECT kind, new.started_at, new.sequence FROM run_kinds WHERE ${isKindOf('new')};`;

/**
 * The step of the ledger that adds the index of runs for searches and totals. A kind is what runs that differ only in
 * their time have in common. There are far fewer kinds than runs, so they are searched in place of the runs, and their
 * numbers are added in place of counting. Triggers keep the index, whichever code writes. A text that was released must not
 * change.
 *
 * The runs of an earlier ledger are added later, in pieces: `unindexed` in `meta` is the sequence number of the last one
 * that may be missing.
 */
export const runIndexStep = `
  CREATE TABLE run_kinds (
    kind INTEGER PRIMARY KEY,
    task_id TEXT NOT NULL,
    timing_id TEXT NOT NULL,
    trigger TEXT NOT NULL,
    status TEXT NOT NULL,
    doubtful INTEGER NOT NULL,
    runs INTEGER NOT NULL DEFAULT 0,
    task_name TEXT NOT NULL,
    tool TEXT NOT NULL,
    error_message TEXT NOT NULL
  ) STRICT;
  CREATE UNIQUE INDEX run_kinds_once ON run_kinds (${columns.join(', ')});
  CREATE TABLE runs_by_kind (
    kind INTEGER NOT NULL,
    started_at INTEGER NOT NULL,
    sequence INTEGER NOT NULL,
    PRIMARY KEY (kind, started_at, sequence)
  ) STRICT, WITHOUT ROWID;
  CREATE TRIGGER runs_by_kind_added AFTER INSERT ON runs_by_kind BEGIN
    UPDATE run_kinds SET runs = runs + 1 WHERE kind = new.kind;
  END;
  CREATE TRIGGER runs_by_kind_removed AFTER DELETE ON runs_by_kind BEGIN
    UPDATE run_kinds SET runs = runs - 1 WHERE kind = old.kind;
    DELETE FROM run_kinds WHERE kind = old.kind AND runs = 0;
  END;
  CREATE TRIGGER executions_added AFTER INSERT ON executions BEGIN${add}
  END;
  CREATE TRIGGER executions_removed AFTER DELETE ON executions BEGIN${remove}
  END;
  CREATE TRIGGER executions_changed
  AFTER UPDATE OF task_id, timing_id, trigger, status, doubt, task_name, tool, error_message, started_at ON executions
  BEGIN${remove}${add}
  END;
  INSERT INTO meta (key, value)
    SELECT 'unindexed', CAST(sequence AS TEXT) FROM executions ORDER BY sequence DESC LIMIT 1;
  `;

/** Returns the methods that add the runs of an earlier ledger to the index. */
export function runIndexMethods(connection: LedgerConnection): RunIndexing {
  return {
    indexEarlierRuns: (most) => {
      if (!hasUnindexed(connection)) return false;
      connection.writeUnseen(() => indexPiece(connection, most));
      return true;
    },
  };
}

/** Returns whether runs may be missing in the index, so that it must not be used. */
export function hasUnindexed(connection: LedgerConnection): boolean {
  return lastUnindexed(connection) !== null;
}

function lastUnindexed(connection: LedgerConnection): number | null {
  const row = connection.read(() => connection.statement("SELECT value FROM meta WHERE key = 'unindexed'").get());
  return row === undefined ? null : Number(row['value']);
}

/** Adds the newest runs first. A run that a trigger has added meanwhile is there already. */
function indexPiece(connection: LedgerConnection, most: number): void {
  const last = lastUnindexed(connection);
  if (last === null) return;
  const first = connection
    .statement('SELECT sequence FROM executions WHERE sequence <= ? ORDER BY sequence DESC LIMIT 1 OFFSET ?')
    .get(last, most - 1)?.['sequence'];
  const from = first === undefined ? Number.MIN_SAFE_INTEGER : Number(first);
  connection
    .statement(
      `INSERT OR IGNORE INTO run_kinds (${columns.join(', ')})
       SELECT DISTINCT ${valuesOf('run')} FROM executions AS run WHERE run.sequence BETWEEN ? AND ?`,
    )
    .run(from, last);
  connection
    .statement(
      `INSERT OR IGNORE INTO runs_by_kind (kind, started_at, sequence)
       SELECT run_kinds.kind, run.started_at, run.sequence
       FROM executions AS run CROSS JOIN run_kinds ON ${isKindOf('run')} WHERE run.sequence BETWEEN ? AND ?`,
    )
    .run(from, last);
  if (first === undefined) connection.statement("DELETE FROM meta WHERE key = 'unindexed'").run();
  else connection.statement("UPDATE meta SET value = ? WHERE key = 'unindexed'").run(String(from - 1));
}
