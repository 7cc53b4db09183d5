/** Finds and removes expired executions, logs, slots and changes. Never touches a running execution. */
export interface ExpiredRecords {
  /**
   * Ids of ended executions that are not among the newest `keepPerTask` of their task, or started before
   * `startedBefore`; oldest first.
   */
  expired(rule: { readonly keepPerTask: number; readonly startedBefore: string }): string[];
  /** Ids of ended executions whose logs are too much, when the newest logs may take `keepBytes` together. */
  oversizedLogs(keepBytes: number): string[];
  /** Takes the logs away from ended executions, which stay themselves. Returns the log paths to delete. */
  forgetLogs(executionIds: readonly string[]): string[];
  /** Removes ended executions and their slots' pointers. Never a running one. Returns the log paths to delete. */
  removeExecutions(executionIds: readonly string[]): string[];
  /** Removes claims and decisions before `before`, but never a task's latest one. Returns how many. */
  removeSlots(before: string): number;
  /** Removes changes from before `before` that are not among the latest `keep` of all. Returns how many. */
  removeChanges(rule: { readonly before: string; readonly keep: number }): number;
}
