import type { ExecutionSpec, WorkerDone } from '../../contract/worker.ts';
import type { MarkedTree } from './task-process.ts';
import type { LogWriter } from '../log-writer.ts';

export interface RunnerContext {
  readonly spec: ExecutionSpec;
  readonly log: LogWriter;
  /** Where what the runner starts is found again. */
  readonly execution: MarkedTree;
  /** Aborted when the execution is cancelled: stop what runs, then answer. The parent's kill ladder backs this up. */
  readonly signal: AbortSignal;
}

/** What a tool came to, before the worker adds what it knows itself. */
export type RunnerOutcome = Pick<WorkerDone, 'outcome' | 'exitCode' | 'signal' | 'result' | 'error'>;

/** Runs one tool once. A failure of the tool is an outcome; a throw is a fault of ours and is reported as such. */
export type Runner = (context: RunnerContext) => Promise<RunnerOutcome>;

export function success(result: unknown, exitCode: number | null = null): RunnerOutcome {
  return { outcome: 'success', exitCode, signal: null, result, error: null };
}

export function failure(code: string, message: string, more: Partial<RunnerOutcome> = {}): RunnerOutcome {
  return { outcome: 'failure', exitCode: null, signal: null, result: null, ...more, error: { code, message } };
}

/** `phase` says what was going on, for the message: "waiting for an answer". */
export function cancelled(phase: string, more: Partial<RunnerOutcome> = {}): RunnerOutcome {
  const error = { code: 'execution/cancelled', message: `Cancelled while ${phase}.` };
  return { outcome: 'cancelled', exitCode: null, signal: null, result: null, ...more, error };
}
