import type { ExecutionStatus } from '../../contract/execution.ts';

/** How the runs of a task ended, without test runs. The counts only grow: retention deletes runs, but not their count. */
export interface RunCounts {
  readonly byStatus: Readonly<Record<Exclude<ExecutionStatus, 'running'>, number>>;
  /** Successes that are doubtful. */
  readonly doubtful: number;
}

/** Counts runs. */
export interface RunCounters {
  /** Returns the counts of these tasks. All are zero for a task without runs. One look into an index for each task. */
  runCounts(taskIds: readonly string[]): Map<string, RunCounts>;
}
