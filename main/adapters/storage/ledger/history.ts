import type { Execution } from '../../../contract/execution.ts';
import type { ImportedHistory, LedgerReplacement } from '../../../ports/ledger/history.ts';
import type { LedgerConnection } from './connection.ts';
import { carryRunState } from './run-state.ts';
import { json, toJson, toMs, toMsOrNull } from './values.ts';

/**
 * Returns the methods for history from elsewhere: another scheduler's records, and a damaged ledger that was replaced.
 */
export function historyMethods(connection: LedgerConnection): ImportedHistory {
  return {
    importHistory: (history) =>
      connection.write(() => {
        for (const carried of history.runStates) carryRunState(connection, carried);
        return history.executions.reduce((added, execution) => added + importExecution(connection, execution), 0);
      }),

    replacement: () =>
      connection.read(() => {
        const row = connection.statement("SELECT value FROM meta WHERE key = 'replacement'").get();
        return row === undefined ? null : (json(row, 'value') as LedgerReplacement);
      }),
  };
}

/** Imports an ended execution. No process owns it, so its owner is the impossible pid 0. */
function importExecution(connection: LedgerConnection, execution: Execution): number {
  const added = connection
    .statement(
      `INSERT OR IGNORE INTO executions
         (execution_id, task_id, timing_id, trigger, slot, attempt, started_at, completed_at, status, exit_code,
          signal, log_bytes, peak_memory_bytes, cpu_ms, owner_pid, owner_started, task_name, tool, error_code,
          log_path, error_message, parameters, result)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 0, '', ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      execution.executionId,
      execution.taskId,
      execution.timingId,
      execution.trigger,
      toMsOrNull(execution.slot),
      execution.attempt,
      toMs(execution.startedAt),
      toMsOrNull(execution.completedAt),
      execution.status === 'running' ? 'interrupted' : execution.status,
      execution.exitCode,
      execution.signal,
      execution.logBytes,
      execution.peakMemoryBytes,
      execution.cpuMs,
      execution.taskName,
      execution.tool,
      execution.error?.code ?? null,
      execution.logPath,
      execution.error?.message ?? null,
      JSON.stringify(execution.parameters),
      toJson(execution.result),
    );
  return Number(added.changes);
}
