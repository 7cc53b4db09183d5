import type { Execution, ExecutionFilter } from '../../contract/execution.ts';

/** Lists executions in pages. */
export interface ExecutionPages {
  /** Returns one page, newest first, and the number of all matching executions. */
  list(filter: ExecutionFilter): { executions: Execution[]; total: number };
}

/** Brings the index of runs, which a ledger of an earlier version does not have, up to date. */
export interface RunIndexing {
  /**
   * Adds the newest runs that are not in the index: `most` of them, in one short transaction. Until all are, searches and
   * totals are as right, but slower. Returns whether there may be more.
   */
  indexEarlierRuns(most: number): boolean;
}
