import type { AgentRecords } from './agents.ts';
import type { AlertRecords } from './alerts.ts';
import type { AuditTrail } from './audit.ts';
import type { SlotClaims } from './claims.ts';
import type { ExecutionRecords } from './executions.ts';
import type { ImportedHistory } from './history.ts';
import type { LedgerLosses } from './losses.ts';
import type { Marks } from './marks.ts';
import type { OutcomeCounts } from './outcomes.ts';
import type { ExecutionPages, RunIndexing } from './pages.ts';
import type { ExpiredRecords } from './retention.ts';
import type { RunCounters } from './run-counts.ts';
import type { RunStates } from './run-state.ts';
import type { RunSums, UsageSums } from './run-totals.ts';
import type { SlotWaits } from './waits.ts';

export interface WriteLock {
  /**
   * Runs `action` while this process holds the write lock that all processes share.
   * @throws SchedulerError `store/locked`.
   */
  withWriteLock<T>(action: () => T): T;
}

/**
 * The record of what ran, what did not run and why. Many processes can use it at once: each method is one short
 * transaction. All instants are ISO 8601 in UTC.
 */
export interface Ledger
  extends
    SlotClaims,
    SlotWaits,
    ExecutionRecords,
    ExecutionPages,
    OutcomeCounts,
    RunStates,
    RunCounters,
    RunSums,
    RunIndexing,
    UsageSums,
    ExpiredRecords,
    AuditTrail,
    Marks,
    ImportedHistory,
    LedgerLosses,
    AgentRecords,
    AlertRecords,
    WriteLock {
  /** Returns a number that changes whenever another process writes; for cheap polling. */
  changeCounter(): number;
  /** Calls `listener` after this process has written something that can be seen. It must not throw. Returns the function that stops it. */
  watch(listener: () => void): () => void;
  close(): void;
}
