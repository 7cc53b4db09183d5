import { formatDuration } from '../../contract/durations.ts';
import type { ExecutionResult } from '../../ports/ledger/executions.ts';
import type { CancelReason, ExecutionSpec, WorkerDone } from '../../contract/worker.ts';
import { SchedulerError, messageOf } from '../../domain/errors.ts';
import type { RunLimits } from './runner-options.ts';
import type { WorkerExit } from '../../ports/process-host.ts';

/** Everything the parent knows once a worker has exited. */
export interface RunFacts {
  readonly spec: ExecutionSpec;
  readonly done: WorkerDone | null;
  readonly exit: WorkerExit;
  /** Why the kill ladder was started; null if it was not. */
  readonly killReason: CancelReason | null;
  /** A fault that the parent found: an invalid message, or no start in time. */
  readonly fault: { readonly code: string; readonly message: string } | null;
  /** True if the worker served other runs too. */
  readonly isShared: boolean;
  readonly limits: RunLimits;
  readonly logBytes: number;
  readonly peakMemoryBytes: number | null;
  readonly peakProcesses: number;
  readonly cpuMs: number | null;
}

/** As the ledger stores it, with what the probe saw. */
export type RunResult = Omit<ExecutionResult, 'completedAt' | 'mark'> & Pick<WorkerDone, 'seen'>;

/**
 * Returns the outcome of a run. It succeeded only if the worker said so, exited with 0, and no kill was requested
 * (docs/architecture.md, decision D7); otherwise the outcome says what happened.
 */
export function outcomeOf(facts: RunFacts): RunResult {
  const { done, exit, killReason } = facts;
  const common = {
    exitCode: done?.exitCode ?? null,
    signal: done?.signal ?? null,
    result: done?.result ?? null,
    logBytes: done?.logBytes ?? facts.logBytes,
    peakMemoryBytes: facts.peakMemoryBytes,
    cpuMs: done?.cpuMs ?? facts.cpuMs,
  };
  if (killReason) return { ...common, ...killed(facts, killReason) };
  if (facts.fault) return { ...common, status: 'failure', error: facts.fault };
  if (done && exit.code === 0) {
    const { outcome: status, error, doubt, isEmpty, seen } = done;
    return { ...common, status, error, doubt, isEmpty, ...(seen === undefined ? {} : { seen }) };
  }
  if (done?.outcome === 'failure' && done.error) return { ...common, status: 'failure', error: done.error };
  if (facts.isShared) return { ...common, status: 'interrupted', error: sharedWorkerEnded(exit) };
  return { ...common, status: 'failure', error: crashed(exit, done !== null) };
}

const nothingRan = {
  ...{ exitCode: null, signal: null, result: null },
  ...{ logBytes: 0, peakMemoryBytes: null, cpuMs: null },
};

/** Returns the outcome of a run that was not started, for example because the settings could not be read. */
export function outcomeWithoutStart(problem: unknown): RunResult {
  const code = problem instanceof SchedulerError ? problem.code : 'worker/not-started';
  return { ...nothingRan, status: 'failure', error: { code, message: messageOf(problem) } };
}

/** Returns the outcome of a run that was to end before it had a worker, as if its worker had been stopped. */
export function outcomeBeforeWorker(reason: CancelReason, limits: RunLimits): RunResult {
  const facts = { done: null, limits, peakMemoryBytes: null, peakProcesses: 0 };
  return { ...nothingRan, ...killed(facts, reason) };
}

/** The run is not to blame: another run of the same worker may be. */
function sharedWorkerEnded(exit: WorkerExit): NonNullable<RunResult['error']> {
  const message = `The shared worker that ran this task ended: ${howEnded(exit)}. What the task had started was stopped, so the run is incomplete. Retries use a worker of their own.`;
  return { code: 'worker/shared-ended', message };
}

type KillFacts = Pick<RunFacts, 'done' | 'limits' | 'peakMemoryBytes' | 'peakProcesses'>;

function killed(facts: KillFacts, reason: CancelReason): Pick<RunResult, 'status' | 'error'> {
  const phase = facts.done?.outcome === 'cancelled' ? (facts.done.error?.message ?? '') : '';
  const error = (code: string, message: string) => ({ code, message: `${message} ${phase}`.trimEnd() });
  switch (reason) {
    case 'timeout': {
      const limit = formatDuration(facts.limits.timeoutMs);
      const message = `Stopped after its time limit of ${limit}. Give the task more time, or find out what it waits for.`;
      return { status: 'timeout', error: error('execution/timeout', message) };
    }
    case 'memory': {
      const limit = Math.round((facts.limits.memoryBytes ?? 0) / 1024 ** 2);
      const peak = Math.round((facts.peakMemoryBytes ?? 0) / 1024 ** 2);
      const message = `Stopped because its processes used ${peak} MiB of memory; its limit is ${limit} MiB.`;
      return { status: 'failure', error: error('execution/memory-limit', message) };
    }
    case 'processes': {
      const message = `Stopped because it had ${facts.peakProcesses} processes at once; its limit is ${facts.limits.processes ?? 0}.`;
      return { status: 'failure', error: error('execution/process-limit', message) };
    }
    case 'quit':
      return { status: 'cancelled', error: error('execution/quit', 'Stopped because NCP Scheduler was quit.') };
    case 'superseded': {
      const message =
        'Stopped because the fleet gave this run up: no sign of life reached its database in time, so another member may run the slot.';
      return { status: 'cancelled', error: error('execution/superseded', message) };
    }
    case 'cancelled':
      return { status: 'cancelled', error: error('execution/cancelled', 'Cancelled.') };
  }
}

function crashed(exit: WorkerExit, reported: boolean): NonNullable<RunResult['error']> {
  const reason = howEnded(exit);
  const message = reported
    ? `The worker crashed after the task had ended: ${reason}. What the task did is in the log.`
    : `The worker process that ran this task crashed: ${reason}. Everything it had started was stopped. Other tasks are not affected.`;
  return { code: 'worker/crashed', message };
}

function howEnded(exit: WorkerExit): string {
  const how = exit.signal !== null ? `ended by ${exit.signal}` : `exit code ${exit.code ?? 'unknown'}`;
  return exit.failure === null ? how : `${exit.failure}; ${how}`;
}
