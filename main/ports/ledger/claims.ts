import type { DecisionReason, SlotRecord } from '../../contract/execution.ts';
import type { NewExecution } from './executions.ts';

/** Slots: which execution claimed each, or why it did not run. */
export interface SlotClaims {
  /**
   * Claims (task, slot) and starts its execution in one transaction. False, and nothing is written, when the slot was
   * already claimed or decided by anybody. `execution.slot` must not be null.
   */
  claim(execution: NewExecution): boolean;
  /** Several claims in one transaction, each with its own answer: all are written or none. */
  claimAll(executions: readonly NewExecution[]): boolean[];
  /** Records why slots did not run. Slots already claimed or decided are left as they are. Returns how many were new. */
  decide(
    decisions: readonly { taskId: string; slot: string; reason: DecisionReason; detail: string | null; at: string }[],
  ): number;
  /**
   * The latest slot of this task that was claimed or decided, or null.
   * In a ledger that replaced a damaged one it is never before the replacement, see `LedgerReplacement.complete`.
   * @param atOrBefore leaves out later ones: `_timing-run --slot` may have claimed a slot of the future.
   */
  lastSlot(taskId: string, atOrBefore?: string): string | null;
  /** Claims and decisions of a task, oldest first, from `since` on. */
  slots(taskId: string, since: string): SlotRecord[];
  /** The latest `limit` slots of these tasks that were decided against, from `since` on, oldest first. */
  skippedSlots(taskIds: readonly string[], since: string, limit: number): SlotRecord[];
  /** Slots of all tasks that nobody ran (`missed`, `catch-up-window`), as far as recorded after `recordedSince`. */
  missedSlots(recordedSince: string): SlotRecord[];
}
