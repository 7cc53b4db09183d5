export interface RunState {
  readonly taskId: string;
  /** Executions that were not skipped; retries and test runs do not count. */
  readonly executionCount: number;
  /** Slots (and catch-ups) that ended in success: what `maxExecutions` counts. */
  readonly successfulSlots: number;
  /** Failures and timeouts in a row up to now, manual and test runs not counted. */
  readonly consecutiveFailures: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
  readonly running: number;
}

/** Counts and the last run of each task. */
export interface RunStates {
  /** Run state of these tasks; tasks without any execution are answered with zeros. */
  runState(taskIds: readonly string[]): Map<string, RunState>;
}
