import type { DecisionReason, ExecutionStatus, SlotRecord } from '../../contract/execution.ts';
import type { NewExecution } from './executions.ts';

/** Records for each slot which execution claimed it, or why it did not run. */
export interface SlotClaims {
  /**
   * Claims (task, slot) and starts its execution in one transaction. Returns false, and writes nothing, if any process
   * has already claimed or decided the slot. `execution.slot` must not be null.
   */
  claim(execution: NewExecution): boolean;
  /**
   * Makes several claims in one transaction and returns the result of each. An error undoes all of them.
   * @param mayStart called for each slot that is free, with the claims before it made; false leaves the slot free
   */
  claimAll(executions: readonly NewExecution[], mayStart?: (execution: NewExecution) => boolean): boolean[];
  /**
   * Claims a slot of the past for a backfill and starts its execution in one transaction: a slot without a record, one
   * that was decided not to run, or one whose claim was recorded at `replaces` (ISO instant) and does not run any more.
   * Returns false, and writes nothing, for any other slot.
   */
  claimPast(execution: NewExecution, replaces: string | null): boolean;
  /** Records why slots did not run. Skips slots that are already claimed or decided. Returns how many it recorded. */
  decide(
    decisions: readonly { taskId: string; slot: string; reason: DecisionReason; detail: string | null; at: string }[],
  ): number;
  /**
   * Returns the latest slot of this task that was claimed or decided, or null. In a ledger that replaced a damaged one,
   * the slot is never before the replacement: see `LedgerReplacement.complete`.
   * @param atOrBefore ignores later slots: `_timing-run --slot` may have claimed a future slot.
   */
  lastSlot(taskId: string, atOrBefore?: string): string | null;
  /** Returns the claims and decisions of a task from `since` on, oldest first. */
  slots(taskId: string, since: string): SlotRecord[];
  /** Returns the status of the latest attempt at each slot of a task from `since` on, by the slot's ISO instant. */
  slotOutcomes(taskId: string, since: string): ReadonlyMap<string, ExecutionStatus>;
  /** Returns the latest `limit` slots of these tasks from `since` on that were decided not to run, oldest first. */
  skippedSlots(taskIds: readonly string[], since: string, limit: number): SlotRecord[];
  /**
   * Returns the latest `limit` slots of these tasks from `since` on that were recorded as missed (`missed`,
   * `catch-up-window`) after `recordedAfter` and have not run since, oldest first.
   */
  missedOf(
    taskIds: readonly string[],
    period: { readonly since: string; readonly recordedAfter: string; readonly limit: number },
  ): SlotRecord[];
  /** Returns slots of all tasks that were recorded as missed (`missed`, `catch-up-window`) after `recordedSince`. */
  missedSlots(recordedSince: string): SlotRecord[];
  /** Returns a number that changes when any process records missed slots. One look at it costs the same in any ledger. */
  missedChanges(): number;
}
