/** Deletes logs of executions. */
export interface LogRemoval {
  /**
   * Deletes these files and the month folders that become empty. A file that no longer exists counts as deleted. Never
   * touches anything outside the log folder, also not through a link. Failures are returned, not thrown.
   */
  remove(paths: readonly string[]): LogRemovalFailure[];
  /**
   * Returns the log files last written before `beforeMs` (ms since 1970), with the execution each belongs to, and the
   * folders and files that could not be checked. Ignores links and everything that is not a log of this app.
   */
  writtenBefore(beforeMs: number): {
    readonly logs: readonly FoundLog[];
    readonly failures: readonly LogRemovalFailure[];
  };
}

export interface FoundLog {
  readonly path: string;
  readonly executionId: string;
}

export interface LogRemovalFailure {
  readonly path: string;
  readonly message: string;
}
