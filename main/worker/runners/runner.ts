import type { SessionEvent } from '../../contract/session-event.ts';
import type { ExecutionSpec, WorkerDone } from '../../contract/worker.ts';
import type { MarkedTree } from './task-process.ts';
import type { LogWriter } from '../log-writer.ts';

/** Leads through the parent to a server that is kept for several runs. */
export interface ServerLink {
  send(event: SessionEvent): void;
  /** Receives what the server sends to this run, from now on. */
  listen(listener: (event: SessionEvent) => void): void;
}

export interface RunnerContext {
  readonly spec: ExecutionSpec;
  readonly log: LogWriter;
  /** Adds output of the task: to the log, and to what the success criteria check. */
  readonly output: (stream: 'out' | 'err', chunk: Uint8Array) => void;
  /** Adds output that the log does not hold to what the success criteria check. */
  readonly examine: (stream: 'out' | 'err', chunk: Uint8Array) => void;
  /** Adds the structured content of an MCP tool's answer, whole, to what the success criteria check. */
  readonly structured: (value: unknown) => void;
  /** Where the processes that the runner starts can be found. */
  readonly execution: MarkedTree;
  /**
   * Aborted when the execution is cancelled: the runner must stop its work and return. The parent's kill ladder
   * enforces this.
   */
  readonly signal: AbortSignal;
  /** Returns another access token for the MCP server, which rejected the last. @throws SchedulerError */
  readonly otherToken: () => Promise<string>;
  /** Leads to the kept server, if the spec says that there is one. */
  readonly server: ServerLink;
}

/** A tool's outcome, before the worker adds its own facts. */
export type RunnerOutcome = Pick<WorkerDone, 'outcome' | 'exitCode' | 'signal' | 'result' | 'error'>;

/** Runs one tool once. A failure of the tool is an outcome; a throw is a fault of the worker and reported as such. */
export type Runner = (context: RunnerContext) => Promise<RunnerOutcome>;

export function success(result: unknown, exitCode: number | null = null): RunnerOutcome {
  return { outcome: 'success', exitCode, signal: null, result, error: null };
}

export function failure(code: string, message: string, more: Partial<RunnerOutcome> = {}): RunnerOutcome {
  return { outcome: 'failure', exitCode: null, signal: null, result: null, ...more, error: { code, message } };
}

/** Returns the outcome of a cancelled run. `phase` completes the message: "waiting for an answer". */
export function cancelled(phase: string, more: Partial<RunnerOutcome> = {}): RunnerOutcome {
  const error = { code: 'execution/cancelled', message: `Cancelled while ${phase}.` };
  return { outcome: 'cancelled', exitCode: null, signal: null, result: null, ...more, error };
}
