import type { LedgerConnection } from './connection.ts';
import { countRemoved } from './run-counts.ts';
import { text, textOrNull, toMs } from './values.ts';
import type { ExpiredRecords } from '../../../ports/ledger/retention.ts';

/**
 * Returns the methods that find and delete expired executions, logs, slots and changes. Never touches a running
 * execution.
 */
export function retentionMethods(connection: LedgerConnection): ExpiredRecords {
  return {
    expired: ({ keepPerTask, startedBefore }) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT execution_id FROM (
               SELECT execution_id, status, started_at, sequence,
                 row_number() OVER (PARTITION BY task_id, status = 'skipped' ORDER BY started_at DESC, sequence DESC) AS place
               FROM executions
             )
             WHERE status <> 'running' AND (place > ? OR started_at < ?) ORDER BY started_at, sequence`,
          )
          .all(keepPerTask, toMs(startedBefore))
          .map((row) => text(row, 'execution_id')),
      ),

    oversizedLogs: (keepBytes) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT execution_id FROM (
               SELECT execution_id, status, log_path, started_at, sequence,
                 sum(log_bytes) OVER (ORDER BY started_at DESC, sequence DESC) AS total
               FROM executions
             )
             WHERE status <> 'running' AND log_path IS NOT NULL AND total > ? ORDER BY started_at, sequence`,
          )
          .all(keepBytes)
          .map((row) => text(row, 'execution_id')),
      ),

    forgetLogs: (executionIds) => connection.write(() => forgetLogs(connection, executionIds)),

    removeExecutions: (executionIds) => connection.write(() => removeExecutions(connection, executionIds)),

    removeChanges: (rule) => connection.write(() => removeChanges(connection, rule)),

    removeSlots: (before) =>
      connection.write(() =>
        Number(
          connection
            .statement(
              `DELETE FROM slots WHERE slot < ?
               AND slot < (SELECT max(slot) FROM slots AS latest WHERE latest.task_id = slots.task_id)
               AND NOT EXISTS (
                 SELECT 1 FROM executions
                 WHERE executions.execution_id = slots.execution_id AND executions.status = 'running'
               )`,
            )
            .run(toMs(before)).changes,
        ),
      ),
  };
}

function removeChanges(
  connection: LedgerConnection,
  { before, keep }: { readonly before: string; readonly keep: number },
): number {
  const { changes } = connection
    .statement(
      `DELETE FROM audit WHERE at < ?
       AND sequence <= (SELECT sequence FROM audit ORDER BY sequence DESC LIMIT 1 OFFSET ?)`,
    )
    .run(toMs(before), keep);
  return Number(changes);
}

function forgetLogs(connection: LedgerConnection, executionIds: readonly string[]): string[] {
  const find = connection.statement(
    "SELECT log_path FROM executions WHERE execution_id = ? AND status <> 'running' AND log_path IS NOT NULL",
  );
  const forget = connection.statement('UPDATE executions SET log_path = NULL, log_bytes = 0 WHERE execution_id = ?');
  return executionIds.flatMap((executionId) => {
    const row = find.get(executionId);
    if (row === undefined) return [];
    forget.run(executionId);
    return text(row, 'log_path');
  });
}

function removeExecutions(connection: LedgerConnection, executionIds: readonly string[]): string[] {
  const remove = connection.statement(
    `DELETE FROM executions WHERE execution_id = ? AND status <> 'running'
     RETURNING log_path, task_id, trigger, status, doubt IS NOT NULL AS is_doubtful`,
  );
  const forgetSlot = connection.statement('UPDATE slots SET execution_id = NULL WHERE execution_id = ?');
  const forgetLast = connection.statement(
    'UPDATE run_state SET last_execution_id = NULL WHERE task_id = ? AND last_execution_id = ?',
  );
  const logPaths: string[] = [];
  for (const executionId of executionIds) {
    const removed = remove.get(executionId);
    if (removed === undefined) continue;
    countRemoved(connection, removed);
    forgetSlot.run(executionId);
    forgetLast.run(text(removed, 'task_id'), executionId);
    const logPath = textOrNull(removed, 'log_path');
    if (logPath !== null) logPaths.push(logPath);
  }
  return logPaths;
}
