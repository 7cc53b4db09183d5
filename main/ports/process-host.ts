import type { FromWorker, ToWorker } from '../contract/worker.ts';

export interface WorkerExit {
  /**
   * A killed utilityProcess reports 0 on POSIX, so this alone never means success: the worker must also have reported
   * `done` (docs/architecture.md, decision D7).
   */
  readonly code: number | null;
  readonly signal: string | null;
  /** Set if the process could not be started or V8 failed. */
  readonly failure: string | null;
}

/** An isolated child process that runs one execution and then exits, or serves several (`services/runs/workers`). */
export interface WorkerProcess {
  /** Undefined until the process has started. */
  readonly pid: number | undefined;
  send(message: ToWorker): void;
  /** Receives messages that fit the schema; others are reported through `onProtocolError`. */
  onMessage(listener: (message: FromWorker) => void): void;
  onProtocolError(listener: (problem: string) => void): void;
  /** Called once. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends only this process, at once (KILL). Its descendants are left to the ProcessTree. */
  kill(): void;
}

export interface WorkerOptions {
  /** For people who look at the process: the execution's id, `warm-N` or `shared`. */
  readonly name: string;
  /** Limit of the worker's own V8 heap, in MiB. */
  readonly maxHeapMb?: number;
}

/**
 * Starts workers: Electron's `utilityProcess`, or a forked Node process in headless mode. Both use the same protocol
 * and pass the same contract suite.
 */
export interface ProcessHost {
  readonly kind: 'utility-process' | 'fork';
  start(options: WorkerOptions): WorkerProcess;
}
