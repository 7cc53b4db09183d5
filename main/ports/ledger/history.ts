import type { Execution } from '../../contract/execution.ts';

/** The run counts and last run of a task that comes from another scheduler. */
export interface CarriedRunState {
  readonly taskId: string;
  readonly executionCount: number;
  readonly successfulSlots: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
}

/** The result of moving a damaged ledger aside and replacing it by a new one. */
export interface LedgerReplacement {
  readonly at: string;
  /** Absolute path of the damaged file. */
  readonly movedTo: string;
  /** Number of rows (claims, run states, executions, audit) that could still be read and are in the new ledger. */
  readonly rowsSaved: number;
  /** False if history may be missing. Slots up to `at` then count as past, so that nothing runs twice. */
  readonly complete: boolean;
}

/** History from another scheduler, or from a damaged ledger that was replaced. */
export interface ImportedHistory {
  /**
   * Adds ended executions of another scheduler and the run states of its tasks. Skips executions whose id already
   * exists and tasks that already have a run state. Returns how many executions it added.
   */
  importHistory(history: {
    readonly executions: readonly Execution[];
    readonly runStates: readonly CarriedRunState[];
  }): number;
  /** Returns the latest replacement of a damaged ledger, or null. */
  replacement(): LedgerReplacement | null;
}
