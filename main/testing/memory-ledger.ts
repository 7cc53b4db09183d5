import { openLedger } from '../adapters/storage/ledger/sqlite-ledger.ts';
import type { Ledger } from '../ports/ledger/ledger.ts';

/**
 * Opens a new ledger without a file. It is the real one on SQLite's in-memory database, so that tests also check the
 * rules in its schema. It shares nothing with other processes.
 */
export function memoryLedger(): Ledger {
  return openLedger(':memory:');
}
