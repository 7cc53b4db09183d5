/** Deletes logs of executions. */
export interface LogRemoval {
  /**
   * Deletes these files and the month folders they leave empty. A file that is gone already counts as deleted; a path
   * outside the log folder is never touched. What could not be deleted is answered, not thrown.
   */
  remove(paths: readonly string[]): LogRemovalFailure[];
  /** Log files last written before `beforeMs` (ms since 1970), with the execution each belongs to. */
  writtenBefore(beforeMs: number): { readonly path: string; readonly executionId: string }[];
}

export interface LogRemovalFailure {
  readonly path: string;
  readonly message: string;
}
