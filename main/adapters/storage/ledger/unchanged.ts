import { unchangedText } from '../../../contract/probe.ts';
import type { ExecutionResult, NewExecution } from '../../../ports/ledger/executions.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, json, numberOrNull, text } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

/**
 * Counts the start of a run back whose probe saw no change, and records that as the reason at its slot, in the
 * transaction that records its end.
 * @param run its row of `executions`: task_id, trigger, slot, attempt, counted
 */
export function undoStart(connection: LedgerConnection, run: SqliteRow, { result }: ExecutionResult): void {
  const taskId = text(run, 'task_id');
  const wasCounted = run['trigger'] !== 'test' && run['trigger'] !== 'retry' && integer(run, 'attempt') === 1;
  if (wasCounted)
    connection.statement('UPDATE run_state SET execution_count = execution_count - 1 WHERE task_id = ?').run(taskId);
  const accounts = (json(run, 'counted') ?? {}) as NonNullable<NewExecution['accounts']>;
  const giveBack = connection.statement('UPDATE usage SET runs = max(0, runs - 1) WHERE account = ? AND day = ?');
  for (const [account, day] of Object.entries(accounts)) giveBack.run(account, day);
  const slot = numberOrNull(run, 'slot');
  if (slot === null) return;
  connection
    .statement("UPDATE slots SET state = 'skipped', reason = 'unchanged', detail = ? WHERE task_id = ? AND slot = ?")
    .run(unchangedText(result), taskId, slot);
}
