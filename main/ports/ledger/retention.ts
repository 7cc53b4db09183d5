/** Finds and removes expired executions, logs, slots and changes. Never touches a running execution. */
export interface ExpiredRecords {
  /**
   * Returns the ids of ended executions that are not among the newest `keepPerTask` of their task, or started before
   * `startedBefore`; oldest first. Looks without a change are counted apart, so that they displace no run.
   */
  expired(rule: { readonly keepPerTask: number; readonly startedBefore: string }): string[];
  /** Returns the ids of ended executions whose logs to delete, so that the newest logs together fit in `keepBytes`. */
  oversizedLogs(keepBytes: number): string[];
  /** Removes the log paths of ended executions but keeps the executions. Returns the paths of the logs to delete. */
  forgetLogs(executionIds: readonly string[]): string[];
  /** Removes ended executions and all references to them. Returns the paths of the logs to delete. */
  removeExecutions(executionIds: readonly string[]): string[];
  /** Removes claims and decisions before `before`, except the latest one of each task. Returns how many. */
  removeSlots(before: string): number;
  /** Removes changes before `before` that are not among the latest `keep` changes. Returns how many. */
  removeChanges(rule: { readonly before: string; readonly keep: number }): number;
}
