import type { SchedulerError } from '../../../domain/errors.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { LedgerConnection } from './connection.ts';
import { ledgerOver } from './sqlite-ledger.ts';

/** An empty ledger in memory that refuses every write. */
class UnavailableConnection extends LedgerConnection {
  readonly #reason: SchedulerError;

  constructor(reason: SchedulerError) {
    super(':memory:', {});
    this.#reason = reason;
  }

  override write<T>(): T {
    throw this.#reason;
  }

  override writeOnce<T>(): T {
    throw this.#reason;
  }

  override writeSoon(): void {
    throw this.#reason;
  }

  override writeUnseen(): void {
    throw this.#reason;
  }
}

/**
 * Returns a ledger that stands in for one that cannot be opened, so that definitions can still be shown: it knows no
 * runs, and every write throws `reason`. So no task can start, and nothing is recorded that would be lost.
 */
export function unavailableLedger(reason: SchedulerError): Ledger {
  return {
    ...ledgerOver(new UnavailableConnection(reason)),
    // What happened to the real file is not known. The doctor reports the error.
    replacement: () => {
      throw reason;
    },
  };
}
