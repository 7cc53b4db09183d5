/** Deletes logs of executions. */
export interface LogRemoval {
  /**
   * Deletes these files and the month folders that become empty. A file that no longer exists counts as deleted; a path
   * outside the log folder is never touched. Failures are returned, not thrown.
   */
  remove(paths: readonly string[]): LogRemovalFailure[];
  /** Returns the log files last written before `beforeMs` (ms since 1970), with the execution each belongs to. */
  writtenBefore(beforeMs: number): { readonly path: string; readonly executionId: string }[];
}

export interface LogRemovalFailure {
  readonly path: string;
  readonly message: string;
}
