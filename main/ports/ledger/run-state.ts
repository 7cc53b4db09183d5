export interface RunState {
  readonly taskId: string;
  /** Number of executions, without skipped ones, retries and test runs. */
  readonly executionCount: number;
  /** Number of slots that succeeded, including catch-ups. `maxExecutions` limits it. */
  readonly successfulSlots: number;
  /** Number of latest failures and timeouts in a row, without manual and test runs. */
  readonly consecutiveFailures: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
  /** True if the last run is doubtful. */
  readonly lastDoubtful: boolean;
  /** When a run last succeeded, test runs apart; null if none did. */
  readonly lastSuccessAt: string | null;
  readonly running: number;
}

/** Run counts and the last run of each task. */
export interface RunStates {
  /** Returns the run state of these tasks. All counts are zero for a task without executions. */
  runState(taskIds: readonly string[]): Map<string, RunState>;
}
