import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { ledgerContract } from '../../testing/contract-suites/ledger-suite.ts';
import { memoryLedger } from '../../testing/memory-ledger.ts';
import { openLedger } from './sqlite-ledger.ts';

describe('the ledger in memory', () => {
  ledgerContract(memoryLedger);
});

describe('the ledger in a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ledger-'));
  let files = 0;
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  ledgerContract(() => openLedger(join(dir, `ledger-${(files += 1)}.db`)));
});
