import { executionStatusSchema, triggerSchema } from '../../../contract/execution.ts';
import { runFailed } from '../../../domain/statuses.ts';
import type { ComparedRun, RunSums } from '../../../ports/ledger/run-totals.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, numberOrNull, text, toIso, toIsoOrNull, toMs } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

const bad = [...runFailed].map((status) => `'${status}'`).join(', ');
const triggers = triggerSchema.options.filter((trigger) => trigger !== 'test');
const minuteMs = 60_000;

/** Returns the methods that add up runs. */
export function runTotalMethods(connection: LedgerConnection): RunSums {
  return {
    runTotals: (taskId, since) =>
      connection.read(() => {
        // If the clock was set back during a run, its duration must not become negative.
        const sums = connection
          .statement(
            `SELECT count(*) AS runs, total(status IN (${bad})) AS failures,
               total(max(0, coalesce(completed_at, started_at) - started_at)) AS busy, sum(cpu_ms) AS cpu,
               max(peak_memory_bytes) AS memory
             FROM executions
             WHERE task_id = ? AND started_at >= ? AND +trigger <> 'test' AND +status <> 'skipped'`,
          )
          .get(taskId, toMs(since));
        const kept = connection
          .statement('SELECT count(*) AS kept, min(started_at) AS oldest FROM executions WHERE task_id = ?')
          .get(taskId);
        return {
          runs: integer(sums ?? {}, 'runs'),
          failures: integer(sums ?? {}, 'failures'),
          busyMs: integer(sums ?? {}, 'busy'),
          cpuMs: numberOrNull(sums ?? {}, 'cpu'),
          peakMemoryBytes: numberOrNull(sums ?? {}, 'memory'),
          kept: integer(kept ?? {}, 'kept'),
          oldestAt: toIsoOrNull(kept?.['oldest']),
        };
      }),

    comparedRuns: (taskId, limit) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT execution_id, trigger, status, started_at, completed_at, log_bytes FROM executions
             WHERE task_id = ? AND +trigger <> 'test' ORDER BY started_at DESC, sequence DESC LIMIT ?`,
          )
          .all(taskId, limit)
          .map(toComparedRun),
      ),

    startsByMinute: (from, until) =>
      connection.read(() => {
        // From the index of triggers alone.
        const statement = connection.statement(
          `SELECT started_at / ${minuteMs} AS minute, count(*) AS starts FROM executions
           WHERE trigger IN (${triggers.map(() => '?').join(', ')}) AND started_at >= ? AND started_at < ?
           GROUP BY minute`,
        );
        return statement
          .all(...triggers, toMs(from), toMs(until))
          .map((row) => ({ atMs: integer(row, 'minute') * minuteMs, starts: integer(row, 'starts') }));
      }),
  };
}

function toComparedRun(row: SqliteRow): ComparedRun {
  const startedAt = integer(row, 'started_at');
  const completedAt = numberOrNull(row, 'completed_at');
  return {
    executionId: text(row, 'execution_id'),
    trigger: triggerSchema.parse(row['trigger']),
    status: executionStatusSchema.parse(row['status']),
    startedAt: toIso(startedAt),
    duration: completedAt === null ? null : Math.max(0, completedAt - startedAt),
    logBytes: integer(row, 'log_bytes'),
  };
}
