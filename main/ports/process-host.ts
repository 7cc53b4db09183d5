import type { FromWorker, ToWorker } from '../contract/worker.ts';

export interface WorkerExit {
  /** A killed utilityProcess reports 0 on POSIX: never take this alone for success (D7). */
  readonly code: number | null;
  readonly signal: string | null;
  /** Set when the process could not be started or V8 gave up. */
  readonly failure: string | null;
}

/** One isolated child process that runs one execution and is then gone. */
export interface WorkerProcess {
  /** Undefined until it has started. */
  readonly pid: number | undefined;
  send(message: ToWorker): void;
  /** Messages that fit the schema; others are reported through `onProtocolError`. */
  onMessage(listener: (message: FromWorker) => void): void;
  onProtocolError(listener: (problem: string) => void): void;
  /** Called once. */
  onExit(listener: (exit: WorkerExit) => void): void;
  /** Ends this process only, at once (KILL). Its descendants are the ProcessTree's business. */
  kill(): void;
}

export interface WorkerOptions {
  /** Unique, for attribution of crashes: the execution's id. */
  readonly name: string;
  /** Limit of the worker's own V8 heap, in MiB. */
  readonly maxHeapMb?: number;
}

/** Starts workers: Electron's `utilityProcess`, or a forked Node process in headless mode. Same protocol, same contract suite. */
export interface ProcessHost {
  readonly kind: 'utility-process' | 'fork';
  start(options: WorkerOptions): WorkerProcess;
}
