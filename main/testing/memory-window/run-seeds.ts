import type { Outcome } from '../../contract/execution.ts';
import { policyDefaults } from '../../contract/policy-defaults.ts';
import type { Task } from '../../contract/task.ts';
import type { ExecutionResult, NewExecution } from '../../ports/ledger/executions.ts';
import { failingLine, failingLog, longLog } from './samples.ts';
import type { WindowOutside } from './window-outside.ts';

export interface PastRun {
  readonly task: Task;
  /** ms since 1970. */
  readonly startedMs: number;
  readonly durationMs: number;
  readonly status: Extract<Outcome, 'success' | 'failure' | 'timeout'>;
  /** @default 'schedule' */
  readonly trigger?: 'manual';
}

const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Returns runs at regular intervals before now. Some tasks fail now and then. */
export function historyOf(task: Task, nowMs: number, seed: number): PastRun[] {
  return Array.from({ length: 14 + seed * 3 }, (_, run) => ({
    task,
    startedMs: nowMs - (run + 1) * 7.3 * hourMs - seed * 11 * minuteMs,
    durationMs: 900 + ((run * 7919 + seed * 104_729) % 9000),
    status: seed % 3 === 1 && run % 6 === 0 ? 'failure' : 'success',
  }));
}

/** Returns as many runs as the window must handle, spread over all tasks. */
export function manyRuns(tasks: readonly Task[], nowMs: number): PastRun[] {
  return Array.from({ length: 5000 }, (_, run) => {
    const task = tasks[(run * 31) % tasks.length];
    if (task === undefined) throw new Error('There are no tasks to have run.');
    const status = run % 23 === 0 ? 'failure' : run % 41 === 0 ? 'timeout' : 'success';
    return { task, startedMs: nowMs - run * 233_000, durationMs: 300 + ((run * 7919) % 20_000), status };
  });
}

/** Writes past runs to the ledger in one transaction, and writes their logs. */
export function addRuns(outside: WindowOutside, runs: readonly PastRun[]): void {
  const oldestFirst = runs.toSorted((left, right) => left.startedMs - right.startedMs);
  const offset = countOf(outside);
  outside.ledger.withWriteLock(() => {
    for (const [index, run] of oldestFirst.entries()) addRun(outside, runId(offset + index + 1), run);
  });
}

function addRun(outside: WindowOutside, executionId: string, run: PastRun): void {
  const { task, status, durationMs } = run;
  const slotMs = Math.floor(run.startedMs / minuteMs) * minuteMs;
  const execution = newExecution(outside, executionId, task, slotMs + 240);
  const failed = status === 'failure';
  const log = failed ? failingLog(slotMs) : longLog(slotMs, 8, task.name);
  startRun(outside, execution, run.trigger, slotMs);
  outside.logs.append(execution.logPath ?? '', log);
  outside.ledger.finish(executionId, {
    status,
    completedAt: new Date(slotMs + durationMs).toISOString(),
    exitCode: failed ? 1 : status === 'success' ? 0 : null,
    ...{ signal: null, result: null },
    error: errorOf(status),
    logBytes: Buffer.byteLength(log),
    peakMemoryBytes: 48 * 1024 * 1024,
    cpuMs: durationMs / 3,
  });
}

function startRun({ ledger }: WindowOutside, run: NewExecution, trigger: PastRun['trigger'], slotMs: number): void {
  if (trigger !== undefined) ledger.start({ ...run, trigger });
  else if (!ledger.claim({ ...run, slot: new Date(slotMs).toISOString() }))
    throw new Error(`${run.taskName} has run at ${run.startedAt} already.`);
}

/** Adds a run that has ended, and returns it. It succeeded unless `failed` is set. */
export function endedRun(
  outside: WindowOutside,
  task: Task,
  {
    startedMs,
    log,
    failed = false,
    error = errorOf(failed ? 'failure' : 'success'),
    result = null,
    doubt,
    cause,
  }: EndedRun,
): NewExecution {
  const started = newExecution(outside, runId(countOf(outside) + 1), task, startedMs);
  const execution = { ...started, cause, trigger: cause === undefined ? ('manual' as const) : ('chain' as const) };
  outside.ledger.start(execution);
  outside.logs.append(execution.logPath ?? '', log);
  outside.ledger.finish(execution.executionId, {
    ...{ status: failed ? 'failure' : 'success', exitCode: failed ? 1 : 0, signal: null, result, error, doubt },
    completedAt: new Date(startedMs + 1400).toISOString(),
    logBytes: Buffer.byteLength(log),
    peakMemoryBytes: 48 * 1024 * 1024,
    cpuMs: 300,
  });
  return execution;
}

export interface EndedRun extends Partial<Pick<ExecutionResult, 'doubt' | 'error' | 'result'>> {
  readonly failed?: boolean;
  readonly cause?: NewExecution['cause'];
  readonly startedMs: number;
  readonly log: string;
}

/** Adds a run that a person started 42 seconds ago and that runs until it is cancelled. */
export function addRunning(outside: WindowOutside, task: Task): void {
  const startedMs = outside.clock.now() - 42_000;
  const execution = newExecution(outside, runId(countOf(outside) + 1), task, startedMs);
  outside.ledger.start({ ...execution, trigger: 'manual' });
  outside.logs.append(execution.logPath ?? '', longLog(startedMs, 40, task.name));
}

function newExecution(outside: WindowOutside, executionId: string, task: Task, startedMs: number): NewExecution {
  const { id: taskId, name: taskName, timingId, tool, parameters, env = {}, workingDirectory } = task;
  const startedAt = new Date(startedMs).toISOString();
  return {
    ...{ executionId, taskId, taskName, timingId, tool, parameters, startedAt },
    ...{ trigger: 'schedule', slot: null, attempt: 1 },
    logPath: outside.logPath(executionId, startedAt),
    owner: { pid: outside.machine.pid, startedAt: 'memory' },
    setup: {
      ...{ env, workingDirectory: workingDirectory ?? outside.machine.homeDir, inheritedVariables: 41 },
      ...{ timeoutMs: policyDefaults.timeoutMs, memoryBytes: null, nice: 0 },
      outputLimitBytes: policyDefaults.outputLimitBytes,
    },
  };
}

function errorOf(status: PastRun['status']) {
  if (status === 'success') return null;
  if (status === 'failure')
    return { code: 'shell/exit-code', message: `${failingLine} (exit code 1)`, line: failingLine };
  return { code: 'execution/timeout', message: 'It ran longer than its time-out of 5 minutes allows.' };
}

const runId = (number: number): string => `run-${String(number).padStart(4, '0')}`;

function countOf({ ledger }: WindowOutside): number {
  return ledger.list({ offset: 0, limit: 1 }).total;
}
