import type { Outcome, Trigger } from '../../../contract/execution.ts';
import { taskFailed } from '../../../domain/statuses.ts';
import type { NewExecution } from '../../../ports/ledger/executions.ts';
import type { CarriedRunState } from '../../../ports/ledger/history.ts';
import type { RunState, RunStates } from '../../../ports/ledger/run-state.ts';
import type { LedgerConnection } from './connection.ts';
import { integer, text, textOrNull, toIsoOrNull, toMs, toMsOrNull } from './values.ts';
import type { SqliteRow } from './sqlite.ts';

/** The facts about an ended execution that the counts depend on. */
export interface EndedExecution {
  readonly executionId: string;
  readonly taskId: string;
  readonly trigger: Trigger;
  /** Ms since 1970, or null. */
  readonly slot: number | null;
  /** Ms since 1970. */
  readonly completedAt: number;
}

const neverPauses: readonly Trigger[] = ['manual', 'test', 'backfill'];

/**
 * Counts a start. Counts are stored separately from executions because retention deletes executions but must not change
 * the counts.
 */
export function countStart(connection: LedgerConnection, execution: NewExecution): void {
  const counts = execution.trigger === 'test' || execution.trigger === 'retry' || execution.attempt > 1 ? 0 : 1;
  connection
    .statement(
      `INSERT INTO run_state (task_id, execution_count, last_execution_id, last_execution_at, last_status)
       VALUES (?1, ?2, ?3, ?4, 'running')
       ON CONFLICT (task_id) DO UPDATE SET execution_count = execution_count + ?2`,
    )
    .run(execution.taskId, counts, execution.executionId, toMs(execution.startedAt));
  connection
    .statement(
      `UPDATE run_state SET last_execution_id = ?2, last_execution_at = ?3, last_status = 'running', last_doubtful = 0
       WHERE task_id = ?1 AND (last_execution_at IS NULL OR last_execution_at <= ?3)`,
    )
    .run(execution.taskId, execution.executionId, toMs(execution.startedAt));
}

/** Counts an outcome. */
export function countEnd(
  connection: LedgerConnection,
  execution: EndedExecution,
  outcome: Outcome,
  isDoubtful = false,
): void {
  connection
    .statement('UPDATE run_state SET last_status = ?, last_doubtful = ? WHERE task_id = ? AND last_execution_id = ?')
    .run(outcome, Number(isDoubtful), execution.taskId, execution.executionId);
  if (outcome === 'success') countSuccess(connection, execution);
  // A task that waits for a change is not overdue while its probe works.
  if (outcome === 'skipped') noteSuccess(connection, execution);
  if (neverPauses.includes(execution.trigger)) return;
  // A look without a change went well: the failures before it are no row any more.
  if (outcome === 'success' || outcome === 'skipped') {
    connection.statement('UPDATE run_state SET consecutive_failures = 0 WHERE task_id = ?').run(execution.taskId);
  } else if (taskFailed.has(outcome)) {
    connection
      .statement('UPDATE run_state SET consecutive_failures = consecutive_failures + 1 WHERE task_id = ?')
      .run(execution.taskId);
  }
}

function countSuccess(connection: LedgerConnection, execution: EndedExecution): void {
  // A limit on runs is about those on schedule: it must not end because a person made up for the past.
  if (execution.trigger !== 'backfill') countSuccessfulSlot(connection, execution);
  if (execution.trigger !== 'test') noteSuccess(connection, execution);
}

function noteSuccess(connection: LedgerConnection, execution: EndedExecution): void {
  connection
    .statement('UPDATE run_state SET last_success_at = max(coalesce(last_success_at, 0), ?) WHERE task_id = ?')
    .run(execution.completedAt, execution.taskId);
}

/** Counts a successful slot, once, whether its first execution or a retry succeeded. */
function countSuccessfulSlot(connection: LedgerConnection, execution: EndedExecution): void {
  if (execution.slot === null) return;
  const marked = connection
    .statement("UPDATE slots SET succeeded = 1 WHERE task_id = ? AND slot = ? AND state = 'claimed' AND succeeded = 0")
    .run(execution.taskId, execution.slot);
  if (Number(marked.changes) === 0) return;
  connection
    .statement('UPDATE run_state SET successful_slots = successful_slots + 1 WHERE task_id = ?')
    .run(execution.taskId);
}

/** Returns the methods that read run states. */
export function runStateMethods(connection: LedgerConnection): RunStates {
  return {
    runState: (taskIds) =>
      connection.read(() => {
        const running = runningByTask(connection);
        const rowOf = runStateRows(connection, taskIds.length);
        return new Map(taskIds.map((taskId) => [taskId, toRunState(taskId, rowOf(taskId), running.get(taskId) ?? 0)]));
      }),
  };
}

/** Sets figures that came from another scheduler. A task that already has figures keeps them. */
export function carryRunState(connection: LedgerConnection, carried: CarriedRunState): void {
  connection
    .statement(
      `INSERT OR IGNORE INTO run_state
         (task_id, execution_count, successful_slots, last_execution_id, last_execution_at, last_status)
       VALUES (?, ?, ?, ?, ?, ?)`,
    )
    .run(
      carried.taskId,
      carried.executionCount,
      carried.successfulSlots,
      carried.lastExecutionId,
      toMsOrNull(carried.lastExecutionAt),
      carried.lastStatus,
    );
}

/** From this number of tasks on, reading the whole table is faster than one query for each. */
const readAllFrom = 200;

function runStateRows(connection: LedgerConnection, count: number): (taskId: string) => SqliteRow | undefined {
  if (count < readAllFrom) {
    const select = connection.statement('SELECT * FROM run_state WHERE task_id = ?');
    return (taskId) => select.get(taskId);
  }
  const rows = new Map(
    connection
      .statement('SELECT * FROM run_state')
      .all()
      .map((row) => [text(row, 'task_id'), row]),
  );
  return (taskId) => rows.get(taskId);
}

function runningByTask(connection: LedgerConnection): Map<string, number> {
  const rows = connection
    .statement("SELECT task_id, count(*) AS running FROM executions WHERE status = 'running' GROUP BY task_id")
    .all();
  return new Map(rows.map((row) => [text(row, 'task_id'), integer(row, 'running')]));
}

function toRunState(taskId: string, row: SqliteRow | undefined, running: number): RunState {
  if (row === undefined) return { ...neverRan, taskId, running };
  return {
    taskId,
    executionCount: integer(row, 'execution_count'),
    successfulSlots: integer(row, 'successful_slots'),
    consecutiveFailures: integer(row, 'consecutive_failures'),
    lastExecutionId: textOrNull(row, 'last_execution_id'),
    lastExecutionAt: toIsoOrNull(row['last_execution_at']),
    lastStatus: textOrNull(row, 'last_status'),
    lastDoubtful: integer(row, 'last_doubtful') === 1,
    lastSuccessAt: toIsoOrNull(row['last_success_at']),
    running,
  };
}

const neverRan = {
  executionCount: 0,
  successfulSlots: 0,
  consecutiveFailures: 0,
  lastExecutionId: null,
  lastExecutionAt: null,
  lastStatus: null,
  lastDoubtful: false,
  lastSuccessAt: null,
} satisfies Omit<RunState, 'taskId' | 'running'>;
