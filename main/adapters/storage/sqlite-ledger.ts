import type { Ledger } from '../../ports/ledger.ts';
import { agentMethods } from './ledger-agents.ts';
import { auditMethods } from './ledger-audit.ts';
import { slotMethods } from './ledger-claims.ts';
import { LedgerConnection } from './ledger-connection.ts';
import { executionMethods } from './ledger-executions.ts';
import { historyMethods } from './ledger-history.ts';
import { outcomeMethods } from './ledger-outcomes.ts';
import { pageMethods } from './ledger-pages.ts';
import type { LedgerFileOptions } from './ledger-recovery.ts';
import { retentionMethods } from './ledger-retention.ts';
import { runStateMethods } from './ledger-run-state.ts';

/**
 * Opens the ledger at `path`, or a private one in memory for `:memory:`, creating it where it is missing. Any number
 * of processes may have it open. A damaged file is moved aside as `<path>.corrupt-<time>`, what can still be read goes
 * into a fresh one, and `options.onReplaced` and `replacement()` say so.
 *
 * @throws SchedulerError `store/ledger-newer`, `store/ledger-unreadable`, `store/read-only`, `store/disk-full`,
 * `store/locked`, `store/sqlite-too-old`; every method can throw those too, except `store/ledger-newer`.
 */
export function openLedger(path: string, options: LedgerFileOptions = {}): Ledger {
  const connection = new LedgerConnection(path, options);
  return {
    ...slotMethods(connection),
    ...executionMethods(connection),
    ...pageMethods(connection),
    ...outcomeMethods(connection),
    ...runStateMethods(connection),
    ...retentionMethods(connection),
    ...auditMethods(connection),
    ...historyMethods(connection),
    ...agentMethods(connection),
    withWriteLock: (action) => connection.writeOnce(action),
    changeCounter: () => connection.changeCounter(),
    close: () => {
      connection.close();
    },
  };
}
