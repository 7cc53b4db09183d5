import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { agentMethods } from './agents.ts';
import { alertMethods } from './alerts.ts';
import { auditMethods } from './audit.ts';
import { slotMethods } from './claims.ts';
import { LedgerConnection } from './connection.ts';
import { executionMethods } from './executions.ts';
import { historyMethods } from './history.ts';
import { lossMethods } from './losses.ts';
import { markMethods } from './marks.ts';
import { outcomeMethods } from './outcomes.ts';
import { pageMethods } from './pages.ts';
import type { LedgerFileOptions } from './recovery.ts';
import { retentionMethods } from './retention.ts';
import { runCountMethods } from './run-counts.ts';
import { runIndexMethods } from './run-index.ts';
import { runStateMethods } from './run-state.ts';
import { runTotalMethods } from './run-totals.ts';
import { usageMethods } from './usage.ts';
import { waitMethods } from './waits.ts';

/**
 * Opens the ledger at `path`, or a private one in memory for `:memory:`; creates it if it does not exist. Any number of
 * processes may have it open. Moves a damaged file aside as `<path>.corrupt-<time>`, copies what can still be read into
 * a new one, and reports this through `options.onReplaced` and `replacement()`. Notices a ledger that was deleted,
 * emptied, copied or restored from an older copy, lets no earlier slot start again, and reports it through
 * `options.onLost` and `loss()`.
 *
 * @throws SchedulerError `store/ledger-newer`, `store/ledger-unreadable`, `store/read-only`, `store/disk-full`,
 * `store/locked`, `store/sqlite-too-old`. Every method can throw these too, except `store/ledger-newer`.
 */
export function openLedger(path: string, options: LedgerFileOptions = {}): Ledger {
  return ledgerOver(new LedgerConnection(path, options));
}

/** Returns all operations of a ledger on one connection. */
export function ledgerOver(connection: LedgerConnection): Ledger {
  return {
    ...slotMethods(connection),
    ...waitMethods(connection),
    ...executionMethods(connection),
    ...pageMethods(connection),
    ...outcomeMethods(connection),
    ...runStateMethods(connection),
    ...runCountMethods(connection),
    ...runTotalMethods(connection),
    ...runIndexMethods(connection),
    ...usageMethods(connection),
    ...retentionMethods(connection),
    ...auditMethods(connection),
    ...markMethods(connection),
    ...historyMethods(connection),
    ...lossMethods(connection),
    ...agentMethods(connection),
    ...alertMethods(connection),
    withWriteLock: (action) => connection.writeOnce(action),
    changeCounter: () => connection.changeCounter(),
    watch: (listener) => connection.watch(listener),
    close: () => {
      connection.close();
    },
  };
}
