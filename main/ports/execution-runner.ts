import type { ExecutionResult } from './ledger.ts';
import type { CancelReason, ExecutionSpec } from '../contract/worker.ts';

export interface RunLimits {
  /** The deadline is owned here, in the parent, and nowhere else. */
  readonly timeoutMs: number;
  /** Resident memory of the whole tree, in bytes; null for no limit. */
  readonly memoryBytes: number | null;
  /** Added niceness, 0 to 19. */
  readonly nice: number;
}

export interface RunHandle {
  /** Settles once the worker is gone and no descendant is left. Never rejects: every failure is an outcome. */
  readonly finished: Promise<Omit<ExecutionResult, 'completedAt'>>;
  /** Starts the kill ladder (D8). Safe to call again; the first reason stands. */
  cancel(reason: CancelReason): void;
}

/** Runs one execution in one worker of its own: protocol, deadline, kill ladder, limits, outcome by rule D7. */
export interface ExecutionRunner {
  run(
    spec: ExecutionSpec,
    limits: RunLimits,
    events: { onWorker(pid: number): void; onLog?(logBytes: number): void },
  ): RunHandle;
  /** Has an idle worker for each of these tools, so that the next executions start at once; surplus ones end. */
  warm(tools: readonly string[]): void;
  /** Ends idle workers. */
  close(): void;
}
