import { doubtSchema } from '../../../contract/doubt.ts';
import {
  executionCauseSchema,
  executionSetupSchema,
  executionStatusSchema,
  triggerSchema,
} from '../../../contract/execution.ts';
import type { z } from 'zod';
import type { Execution } from '../../../contract/execution.ts';
import type { ExecutionRecords, ExecutionResult, NewExecution } from '../../../ports/ledger/executions.ts';
import type { LedgerConnection } from './connection.ts';
import { countEnd, countStart } from './run-state.ts';
import { integer, json, numberOrNull, text, textOrNull, toIso, toIsoOrNull, toJson, toMs } from './values.ts';
import { toMsOrNull } from './values.ts';
import type { SqliteRow } from './sqlite.ts';
import { writeMark } from './marks.ts';
import { undoStart } from './unchanged.ts';
import { addUse, countUse } from './usage.ts';

/** Returns the methods for executions, from their start to their outcome. */
export function executionMethods(connection: LedgerConnection): ExecutionRecords {
  return {
    start: (execution) => {
      connection.write(() => {
        insertExecution(connection, execution);
      });
    },

    attachWorker: (executionId, worker) => {
      // May be lost in a power cut: then there is no worker to look for either.
      connection.writeSoon(() => {
        connection
          .statement('UPDATE executions SET worker_pid = ?, worker_started = ? WHERE execution_id = ?')
          .run(worker.pid, worker.startedAt, executionId);
      });
    },

    finish: (executionId, result) => connection.write(() => finish(connection, executionId, result)),

    running: () =>
      connection.read(() =>
        connection
          .statement("SELECT * FROM executions WHERE status = 'running' ORDER BY started_at, sequence")
          .all()
          .map((row) => ({
            execution: toExecution(row),
            owner: { pid: integer(row, 'owner_pid'), startedAt: text(row, 'owner_started') },
            worker: toWorker(row),
          })),
      ),

    get: (executionId) =>
      connection.read(() => {
        const row = connection.statement('SELECT * FROM executions WHERE execution_id = ?').get(executionId);
        return row === undefined ? null : toExecution(row);
      }),

    emptiness: ({ taskId, tool, parameters }, limit) =>
      connection.read(() =>
        connection
          .statement(
            `SELECT is_empty FROM executions
             WHERE task_id = ? AND +status = 'success' AND is_empty IS NOT NULL AND tool = ? AND parameters = ?
             ORDER BY started_at DESC LIMIT ?`,
          )
          .all(taskId, tool, JSON.stringify(parameters), limit)
          .map((row) => integer(row, 'is_empty') === 1),
      ),

    setup: (executionId) =>
      connection.read(() => {
        const row = connection.statement('SELECT setup FROM executions WHERE execution_id = ?').get(executionId);
        return executionSetupSchema
          .nullable()
          .catch(null)
          .parse(row === undefined ? null : json(row, 'setup'));
      }),
  };
}

/** Adds a running execution and counts its start, within the caller's transaction. */
export function insertExecution(connection: LedgerConnection, execution: NewExecution): void {
  connection
    .statement(
      `INSERT INTO executions
         (execution_id, task_id, timing_id, trigger, slot, attempt, started_at, status, owner_pid, owner_started,
          task_name, tool, log_path, parameters, setup, cause_id, cause, counted)
       VALUES (?, ?, ?, ?, ?, ?, ?, 'running', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    .run(
      execution.executionId,
      execution.taskId,
      execution.timingId,
      execution.trigger,
      toMsOrNull(execution.slot),
      execution.attempt,
      toMs(execution.startedAt),
      execution.owner.pid,
      execution.owner.startedAt,
      execution.taskName,
      execution.tool,
      execution.logPath,
      JSON.stringify(execution.parameters),
      execution.setup === undefined ? null : JSON.stringify(execution.setup),
      execution.cause?.executionId ?? null,
      toJson(execution.cause),
      toJson(execution.accounts),
    );
  countStart(connection, execution);
  countUse(connection, execution);
}

function finish(connection: LedgerConnection, executionId: string, result: ExecutionResult): boolean {
  const ended = connection
    .statement(
      `UPDATE executions SET status = ?, completed_at = ?, exit_code = ?, signal = ?, result = ?, error_code = ?,
         error_message = ?, error_line = ?, log_bytes = ?, peak_memory_bytes = ?, cpu_ms = ?, doubt = ?, is_empty = ?
       WHERE execution_id = ? AND status = 'running'`,
    )
    .run(
      result.status,
      toMs(result.completedAt),
      result.exitCode,
      result.signal,
      toJson(result.result),
      result.error?.code ?? null,
      result.error?.message ?? null,
      result.error?.line ?? null,
      result.logBytes,
      result.peakMemoryBytes,
      result.cpuMs,
      toJson(result.doubt),
      result.isEmpty === undefined ? null : Number(result.isEmpty),
      executionId,
    );
  if (Number(ended.changes) === 0) return false;
  if (result.mark !== undefined) writeMark(connection, result.mark.name, result.mark.value);
  const row = connection
    .statement(
      'SELECT task_id, trigger, slot, attempt, started_at, tool, counted FROM executions WHERE execution_id = ?',
    )
    .get(executionId);
  if (row !== undefined) {
    const trigger = triggerSchema.parse(row['trigger']);
    const slot = numberOrNull(row, 'slot');
    const counted = { executionId, taskId: text(row, 'task_id'), trigger, slot, completedAt: toMs(result.completedAt) };
    countEnd(connection, counted, result.status, result.doubt !== undefined);
    addUse(connection, row, result);
    if (result.status === 'skipped') undoStart(connection, row, result);
  }
  return true;
}

/** Returns a row of `executions` in the contract's form. */
export function toExecution(row: SqliteRow): Execution {
  const startedAt = integer(row, 'started_at');
  const completedAt = numberOrNull(row, 'completed_at');
  const errorMessage = textOrNull(row, 'error_message');
  return {
    executionId: text(row, 'execution_id'),
    taskId: text(row, 'task_id'),
    taskName: text(row, 'task_name'),
    timingId: text(row, 'timing_id'),
    tool: text(row, 'tool'),
    parameters: json(row, 'parameters') as Record<string, unknown>,
    trigger: triggerSchema.parse(row['trigger']),
    slot: toIsoOrNull(row['slot']),
    attempt: integer(row, 'attempt'),
    startedAt: toIso(startedAt),
    completedAt: toIsoOrNull(completedAt),
    // If the clock was set back during the run, the duration must not become negative.
    duration: completedAt === null ? null : Math.max(0, completedAt - startedAt),
    status: executionStatusSchema.parse(row['status']),
    exitCode: numberOrNull(row, 'exit_code'),
    signal: textOrNull(row, 'signal'),
    result: json(row, 'result'),
    error: errorMessage === null ? null : errorOf(row, errorMessage),
    logPath: textOrNull(row, 'log_path'),
    logBytes: integer(row, 'log_bytes'),
    peakMemoryBytes: numberOrNull(row, 'peak_memory_bytes'),
    cpuMs: numberOrNull(row, 'cpu_ms'),
    ...defined('doubt', optional(doubtSchema, row, 'doubt')),
    ...defined('cause', optional(executionCauseSchema, row, 'cause')),
  };
}

function errorOf(row: SqliteRow, message: string): NonNullable<Execution['error']> {
  const line = textOrNull(row, 'error_line');
  return { code: text(row, 'error_code'), message, ...(line === null ? {} : { line }) };
}

/** Returns the value of a JSON column; undefined if it is empty, or if a later version wrote it in another form. */
function optional<T>(schema: z.ZodType<T>, row: SqliteRow, column: string): T | undefined {
  if (textOrNull(row, column) === null) return undefined;
  return schema.optional().catch(undefined).parse(json(row, column));
}

const defined = <K extends string, T>(key: K, value: T | undefined): { [key in K]?: T } =>
  value === undefined ? {} : ({ [key]: value } as { [key in K]?: T });

function toWorker(row: SqliteRow): { pid: number; startedAt: string } | null {
  const pid = numberOrNull(row, 'worker_pid');
  return pid === null ? null : { pid, startedAt: text(row, 'worker_started') };
}
