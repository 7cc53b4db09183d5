import { chmodSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { describe, expect, it } from 'vitest';
import { claimSlot, ledgerDirectory, ledgerHelpers } from '../../../../testing/ledger-directory.ts';
import type { LedgerDirectory } from '../../../../testing/ledger-directory.ts';

describe('the files', () => {
  it('are for their owner only, also with an open umask and after an earlier version', ({ skip }) => {
    skip(process.platform === 'win32', 'Windows has no modes.');
    const before = process.umask(0o000);
    try {
      const test = ledgerDirectory();
      const ledger = test.open();
      claimSlot(ledger, 1);
      expect(modes(test)).toEqual(['ledger.db 600', 'ledger.db-shm 600', 'ledger.db-wal 600', 'ledger.mark 600']);
      for (const suffix of ['', ...ledgerHelpers]) chmodSync(test.path + suffix, 0o644);
      test.open().close();
      expect(modes(test)).toEqual(['ledger.db 600', 'ledger.db-shm 600', 'ledger.db-wal 600', 'ledger.mark 600']);
      ledger.close();
      writeFileSync(test.path, 'garbage '.repeat(1000));
      test.open().close();
      expect(modes(test).filter((line) => !line.endsWith(' 600'))).toEqual([]);
    } finally {
      process.umask(before);
    }
  });
});

const modes = ({ dir }: LedgerDirectory) =>
  readdirSync(dir)
    .sort()
    .map((name) => `${name} ${(statSync(join(dir, name)).mode & 0o777).toString(8)}`);
