import { runFailed } from '../../../domain/statuses.ts';
import { executionStatusSchema } from '../../../contract/execution.ts';
import type { RecentRun } from '../../../contract/recent-runs.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, numberOrNull, text, toIso, toMs } from './values.ts';
import type { SqliteRow } from './sqlite.ts';
import type { OutcomeCounts } from '../../../ports/ledger/outcomes.ts';

const bad = [...runFailed].map((status) => `'${status}'`).join(', ');

/** Returns the methods that count outcomes from an index alone. */
export function outcomeMethods(connection: LedgerConnection): OutcomeCounts {
  return {
    outcomes: (since, stepMs) =>
      connection.read(() =>
        connection
          // Cast, because numbers are bound as reals, and the division must be an integer one.
          .statement(
            `SELECT started_at / CAST(?2 AS INTEGER) AS step, sum(status = 'success') AS good, sum(status <> 'success') AS bad
             FROM executions
             WHERE status IN ('success', ${bad}) AND started_at >= ?1
             GROUP BY step ORDER BY step`,
          )
          .all(toMs(since), stepMs)
          .map((row) => ({
            at: new Date(integer(row, 'step') * stepMs).toISOString(),
            good: integer(row, 'good'),
            bad: integer(row, 'bad'),
          })),
      ),

    latestRuns: (taskIds, limit) =>
      connection.read(() => {
        // One look into the index of each task: a single query over all of them would read every run there is.
        const statement = connection.statement(
          `SELECT execution_id, status, started_at, completed_at, doubt IS NOT NULL AS doubtful FROM executions
           WHERE task_id = ? AND +trigger <> 'test' AND +status <> 'skipped'
           ORDER BY started_at DESC, sequence DESC LIMIT ?`,
        );
        return new Map(taskIds.map((taskId) => [taskId, statement.all(taskId, limit).map(toRecentRun)]));
      }),
  };
}

function toRecentRun(row: SqliteRow): RecentRun {
  const startedAt = integer(row, 'started_at');
  const completedAt = numberOrNull(row, 'completed_at');
  return {
    executionId: text(row, 'execution_id'),
    status: executionStatusSchema.parse(row['status']),
    startedAt: toIso(startedAt),
    // If the clock was set back during the run, the duration must not become negative.
    duration: completedAt === null ? null : Math.max(0, completedAt - startedAt),
    isDoubtful: integer(row, 'doubtful') === 1,
  };
}
