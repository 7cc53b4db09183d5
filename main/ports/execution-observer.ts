import type { Execution } from '../contract/execution.ts';

/** Told of what this process runs, as it happens. */
export interface ExecutionObserver {
  started(execution: Execution): void;
  ended(execution: Execution): void;
  /** The log on disk has grown to this many bytes. */
  logGrew(executionId: string, logBytes: number): void;
}
