import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe } from 'vitest';
import { ledgerAgentsContract } from '../../../testing/contract-suites/ledger-agents-suite.ts';
import { ledgerAlertsContract } from '../../../testing/contract-suites/ledger-alerts-suite.ts';
import { ledgerPagesContract } from '../../../testing/contract-suites/ledger-pages-suite.ts';
import { ledgerStateContract } from '../../../testing/contract-suites/ledger-state-suite.ts';
import { ledgerContract } from '../../../testing/contract-suites/ledger-suite.ts';
import { memoryLedger } from '../../../testing/memory-ledger.ts';
import { openLedger } from './sqlite-ledger.ts';

describe('the ledger in memory', () => {
  ledgerContract(memoryLedger);
  ledgerPagesContract(memoryLedger);
  ledgerStateContract(memoryLedger);
  ledgerAgentsContract(memoryLedger);
  ledgerAlertsContract(memoryLedger);
});

describe('the ledger in a file', () => {
  const dir = mkdtempSync(join(tmpdir(), 'ledger-'));
  let files = 0;
  afterAll(() => {
    rmSync(dir, { recursive: true, force: true });
  });
  const open = () => openLedger(join(dir, `ledger-${(files += 1)}.db`));
  ledgerContract(open);
  ledgerPagesContract(open);
  ledgerStateContract(open);
  ledgerAgentsContract(open);
  ledgerAlertsContract(open);
});
