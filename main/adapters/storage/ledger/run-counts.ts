import type { RunCounters, RunCounts } from '../../../ports/ledger/run-counts.ts';
import type { LedgerConnection } from './connection.ts';
import type { SqliteRow } from './sqlite.ts';
import { integer, text } from './values.ts';

const noRuns: RunCounts['byStatus'] = { success: 0, failure: 0, timeout: 0, cancelled: 0, interrupted: 0, skipped: 0 };

/** Returns the methods that count runs, including those that retention has deleted. */
export function runCountMethods(connection: LedgerConnection): RunCounters {
  return {
    runCounts: (taskIds) =>
      connection.read(() => {
        const kept = connection.statement(
          `SELECT status, count(*) AS runs, count(doubt) AS doubtful FROM executions
           WHERE task_id = ? AND +trigger <> 'test' AND +status <> 'running' GROUP BY status`,
        );
        return new Map(taskIds.map((id) => [id, added([...kept.all(id), ...removedRows(connection, id)])]));
      }),
  };
}

function added(rows: readonly SqliteRow[]): RunCounts {
  const byStatus: Record<string, number> & { -readonly [S in keyof RunCounts['byStatus']]: number } = { ...noRuns };
  let doubtful = 0;
  for (const row of rows) {
    const status = text(row, 'status');
    byStatus[status] = (byStatus[status] ?? 0) + integer(row, 'runs');
    doubtful += integer(row, 'doubtful');
  }
  return { byStatus, doubtful };
}

/** The names of the rows of `meta` that count deleted runs: one for each task and way to end. */
const removedKey = (taskId: string, status: string): string => `removed:${status}:${taskId}`;
const doubtfulStatus = 'doubtful';

/** Counts a run that is being deleted, in the transaction that deletes it. */
export function countRemoved(connection: LedgerConnection, run: SqliteRow): void {
  if (text(run, 'trigger') === 'test') return;
  const count = connection.statement(
    `INSERT INTO meta (key, value) VALUES (?, '1')
     ON CONFLICT (key) DO UPDATE SET value = CAST(CAST(value AS INTEGER) + 1 AS TEXT)`,
  );
  const taskId = text(run, 'task_id');
  count.run(removedKey(taskId, text(run, 'status')));
  if (integer(run, 'is_doubtful') === 1) count.run(removedKey(taskId, doubtfulStatus));
}

function removedRows(connection: LedgerConnection, taskId: string): SqliteRow[] {
  const find = connection.statement('SELECT value FROM meta WHERE key = ?');
  const countOf = (status: string): number => Number(find.get(removedKey(taskId, status))?.['value'] ?? 0);
  return Object.keys(noRuns).map((status) => ({
    status,
    runs: countOf(status),
    doubtful: status === 'success' ? countOf(doubtfulStatus) : 0,
  }));
}
