import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';

/**
 * A ledger of its own for each test, without a file: the real one on SQLite's in-memory database, so that every rule
 * that lives in its schema holds in tests too. It shares nothing with other processes.
 */
export function memoryLedger(): Ledger {
  return openLedger(':memory:');
}
