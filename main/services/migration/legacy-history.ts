import type { Execution } from '../../contract/execution.ts';
import { isRecord } from './legacy-task.ts';

/** The fields of a record; their values can be anything. */
type Fields = Readonly<Record<string, unknown>>;

export interface LegacyHistory {
  readonly executions: readonly Execution[];
  /** Number of rows and documents that are not records of an execution. */
  readonly unreadable: number;
}

const statuses: Readonly<Record<string, Execution['status']>> = {
  success: 'success',
  failure: 'failure',
  timeout: 'timeout',
  // ncp leaves lost executions at "running" forever; none of them is still running.
  running: 'interrupted',
};

/**
 * Converts ncp's execution records to history: the rows of `summary.csv`, replaced by the richer documents of `results`
 * where those exist.
 *
 * @param timingIdOf returns the group of a task, or null if the task no longer exists
 */
export function legacyHistory(
  rows: readonly Readonly<Record<string, string>>[],
  documents: readonly string[],
  timingIdOf: (taskId: string) => string | null,
): LegacyHistory {
  const executions = new Map<string, Execution>();
  let unreadable = 0;
  for (const fields of [...rows.map(fromRow), ...documents.map(fromDocument)]) {
    const execution = fields === null ? null : toExecution(fields, timingIdOf);
    if (execution === null) unreadable += 1;
    else executions.set(execution.executionId, execution);
  }
  return { executions: [...executions.values()], unreadable };
}

function fromRow(row: Readonly<Record<string, string>>): Fields {
  const { errorMessage, duration, ...fields } = row;
  const error = errorMessage === undefined || errorMessage === '' ? {} : { error: { message: errorMessage } };
  return { ...fields, ...error, ...(duration === undefined || duration === '' ? {} : { duration: Number(duration) }) };
}

function fromDocument(text: string): Fields | null {
  try {
    const parsed: unknown = JSON.parse(text);
    return isRecord(parsed) ? parsed : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function toExecution(fields: Fields, timingIdOf: (taskId: string) => string | null): Execution | null {
  const executionId = text(fields['executionId']);
  const taskId = text(fields['jobId']);
  const startedMs = instant(fields['startedAt']);
  const status = statuses[text(fields['status']) ?? ''];
  if (executionId === null || taskId === null || startedMs === null || status === undefined) return null;
  const endedMs = endOf(fields, startedMs);
  return {
    executionId,
    taskId,
    taskName: text(fields['jobName']) ?? taskId,
    timingId: timingIdOf(taskId) ?? '',
    tool: text(fields['tool']) ?? '',
    parameters: isRecord(fields['parameters']) ? fields['parameters'] : {},
    trigger: 'schedule',
    slot: null,
    attempt: 1,
    startedAt: new Date(startedMs).toISOString(),
    completedAt: new Date(endedMs).toISOString(),
    duration: endedMs - startedMs,
    status,
    exitCode: null,
    signal: null,
    result: fields['result'] ?? null,
    error: errorOf(fields['error'], status),
    logPath: null,
    logBytes: 0,
    peakMemoryBytes: null,
    cpuMs: null,
  };
}

function endOf(fields: Fields, startedMs: number): number {
  const { duration } = fields;
  const completedMs = instant(fields['completedAt']);
  if (completedMs !== null) return Math.max(startedMs, completedMs);
  return typeof duration === 'number' && duration >= 0 && duration < 1e12 ? startedMs + duration : startedMs;
}

function errorOf(error: unknown, status: Execution['status']): Execution['error'] {
  if (status === 'success') return null;
  const message = isRecord(error) ? text(error['message']) : null;
  if (message !== null) return { code: 'ncp/failed', message };
  if (status === 'interrupted') return { code: 'ncp/interrupted', message: 'ncp never recorded how this ended.' };
  return status === 'timeout' ? { code: 'ncp/timeout', message: 'It took longer than ncp allowed.' } : null;
}

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Returns null for dates that `Date` cannot represent, and for absurdly distant ones. */
function instant(value: unknown): number | null {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) || Math.abs(ms) > 4e12 ? null : ms;
}
