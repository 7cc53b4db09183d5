import type { Execution } from '../../contract/execution.ts';

/** Figures a task brings along from another scheduler. */
export interface CarriedRunState {
  readonly taskId: string;
  readonly executionCount: number;
  readonly successfulSlots: number;
  readonly lastExecutionId: string | null;
  readonly lastExecutionAt: string | null;
  readonly lastStatus: string | null;
}

/** What happened when a damaged ledger was moved aside and a fresh one took its place. */
export interface LedgerReplacement {
  readonly at: string;
  /** Absolute path of the damaged file. */
  readonly movedTo: string;
  /** Rows of claims, run states, executions and audit that could still be read and are in the fresh ledger. */
  readonly rowsSaved: number;
  /** False when history may be missing. Slots up to `at` then count as past, so that nothing runs twice. */
  readonly complete: boolean;
}

/** History from elsewhere: of another scheduler, or of a damaged ledger that was replaced. */
export interface ImportedHistory {
  /**
   * Adds ended executions of another scheduler and the figures its tasks bring along. What is already known (an
   * execution by its id, a task with run state) is left as it is. Returns how many executions were new.
   */
  importHistory(history: {
    readonly executions: readonly Execution[];
    readonly runStates: readonly CarriedRunState[];
  }): number;
  /** The last time a damaged ledger was replaced, or null. */
  replacement(): LedgerReplacement | null;
}
