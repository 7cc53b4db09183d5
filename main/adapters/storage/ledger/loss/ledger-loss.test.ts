import {
  chmodSync,
  cpSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LedgerLoss } from '../../../../ports/ledger/losses.ts';
import {
  claimSlot,
  claimTwo,
  copyOver,
  deleteLedger,
  ledgerDirectory,
  ledgerDirectoryAt,
  ledgerHelpers,
  lossNoticedAt,
  saveTask,
} from '../../../../testing/ledger-directory.ts';
import type { LedgerDirectory } from '../../../../testing/ledger-directory.ts';
import { anExecution } from '../../../../testing/ledger-samples.ts';
import { openDatabase } from '../sqlite.ts';

/** Every way to lose a ledger between two starts: what is kept earlier, what happens, and what must be found. */
const losses: Record<
  string,
  { keep?: (f: LedgerDirectory) => void; lose: (f: LedgerDirectory) => void; cause: LedgerLoss['cause'] }
> = {
  'a file of 0 bytes': { lose: ({ path }) => truncateSync(path, 0), cause: 'empty' },
  'a deleted file': { lose: ({ path }) => deleteLedger(path), cause: 'missing' },
  'a deleted file whose witness was deleted too': {
    lose: ({ path, dir }) => {
      deleteLedger(path);
      rmSync(join(dir, 'ledger.mark'));
    },
    cause: 'missing',
  },
  'a deleted file whose tasks were deleted too': {
    lose: ({ path, dir }) => {
      deleteLedger(path);
      rmSync(join(dir, 'schedule.json'));
    },
    cause: 'missing',
  },
  'an older copy over the file': {
    keep: ({ path }) => copyOver(path, `${path}.copy`),
    lose: ({ path }) => copyOver(`${path}.copy`, path),
    cause: 'older',
  },
  'an older copy moved in': {
    keep: ({ path }) => copyOver(path, `${path}.copy`),
    lose: ({ path }) => renameSync(`${path}.copy`, path),
    cause: 'copied',
  },
  'the directory restored in place': {
    keep: ({ dir }) => cpSync(dir, `${dir}.copy`, { recursive: true, preserveTimestamps: true }),
    lose: ({ dir }) => {
      for (const name of readdirSync(`${dir}.copy`)) copyOver(join(`${dir}.copy`, name), join(dir, name));
    },
    cause: 'older',
  },
  'the directory replaced by an older copy': {
    keep: ({ dir }) => copyDirectory(dir, `${dir}.copy`),
    lose: ({ dir }) => {
      rmSync(dir, { recursive: true });
      renameSync(`${dir}.copy`, dir);
    },
    cause: 'copied',
  },
  'another ledger in its place': {
    keep: ({ dir }) => {
      mkdirSync(`${dir}.other`);
      const other = ledgerDirectoryAt(`${dir}.other`);
      other.open().close();
    },
    lose: ({ dir, path }) => {
      // In place, and with an identity that fits the place, as a ledger without one would.
      copyOver(join(`${dir}.other`, 'ledger.db'), path);
      const database = openDatabase(path);
      database.exec("DELETE FROM meta WHERE key IN ('identity', 'claims')");
      database.close();
    },
    cause: 'exchanged',
  },
};

describe('a ledger that was lost between two starts', () => {
  it.each(Object.entries(losses))(
    '%s: no slot starts again, and the loss is reported',
    (_name, { keep, lose, cause }) => {
      const test = ledgerDirectory();
      claimTwo(test, () => keep?.(test));
      expect(test.told).toEqual([]);
      lose(test);
      const ledger = test.open();
      expect(test.told).toEqual([{ at: lossNoticedAt, cause }]);
      expect(ledger.loss()).toEqual({ at: lossNoticedAt, cause });
      expect(ledger.floor()).toBe(lossNoticedAt);
      expect(ledger.lastSlot('t1')).toBe(lossNoticedAt);
      for (const minute of [1, 2, 3]) expect(claimSlot(ledger, minute), `slot ${minute}`).toBe(false);
      expect(ledger.claim(anExecution({ executionId: 'next', slot: '2026-11-23T18:01:00.000Z' }))).toBe(true);
      ledger.close();
      const again = test.open();
      expect(test.told).toHaveLength(1);
      expect(again.loss()).toEqual({ at: lossNoticedAt, cause });
      again.close();
    },
  );

  it('a copy in a second directory: it starts nothing that the first one may have started, which continues', () => {
    const first = ledgerDirectory();
    claimTwo(first, () => copyDirectory(first.dir, `${first.dir}.copy`));
    const second = ledgerDirectoryAt(`${first.dir}.copy`);
    const [copied, original] = [second.open(), first.open()];
    expect(second.told).toEqual([{ at: lossNoticedAt, cause: 'copied' }]);
    expect(claimSlot(copied, 2)).toBe(false);
    expect(claimSlot(original, 3)).toBe(true);
    expect(first.told).toEqual([]);
    copied.close();
    original.close();
  });

  it('a disk that was cloned to another machine', () => {
    const test = ledgerDirectory();
    test.open({ machine: () => 'one' }).close();
    saveTask(test.dir);
    test.open({ machine: () => 'one' }).close();
    expect(test.told).toEqual([]);
    const ledger = test.open({ machine: () => 'two' });
    expect(test.told).toEqual([{ at: lossNoticedAt, cause: 'copied' }]);
    expect(claimSlot(ledger, 1)).toBe(false);
    ledger.close();
  });

  it('a write-ahead log that was deleted with claims in it', () => {
    const test = ledgerDirectory();
    const running = test.open();
    saveTask(test.dir);
    claimSlot(running, 1);
    // What a power cut or a copy without the log leaves: the file as it is, and none of its helpers.
    const left = readFileSync(test.path);
    running.close();
    writeFileSync(test.path, left);
    for (const suffix of ledgerHelpers) rmSync(test.path + suffix, { force: true });
    const ledger = test.open();
    expect(claimSlot(ledger, 1)).toBe(false);
    expect(test.told).toHaveLength(1);
    ledger.close();
  });
});

describe('a ledger that is lost under a running app', () => {
  it('deleted: the new one lets nothing start again, for every process', () => {
    const test = ledgerDirectory();
    const [first, second] = [test.open(), test.open()];
    expect(claimSlot(first, 1)).toBe(true);
    deleteLedger(test.path);
    expect(claimSlot(second, 1)).toBe(false);
    expect(claimSlot(first, 1)).toBe(false);
    expect(test.told).toEqual([{ at: lossNoticedAt, cause: 'missing' }]);
    expect(first.loss()).toEqual({ at: lossNoticedAt, cause: 'missing' });
    first.close();
    second.close();
  });

  it('deleted with everything else in the directory', () => {
    const test = ledgerDirectory();
    const ledger = test.open();
    saveTask(test.dir);
    expect(claimSlot(ledger, 1)).toBe(true);
    for (const name of readdirSync(test.dir)) rmSync(join(test.dir, name));
    expect(claimSlot(ledger, 1)).toBe(false);
    expect(test.told).toEqual([{ at: lossNoticedAt, cause: 'missing' }]);
    ledger.close();
  });

  it('replaced by an older copy, moved in without its witness', () => {
    const test = ledgerDirectory();
    test.open().close();
    copyOver(test.path, `${test.path}.copy`);
    const ledger = test.open();
    expect(claimSlot(ledger, 1)).toBe(true);
    for (const suffix of ledgerHelpers) rmSync(test.path + suffix, { force: true });
    rmSync(join(test.dir, 'ledger.mark'));
    renameSync(`${test.path}.copy`, test.path);
    expect(claimSlot(ledger, 1)).toBe(false);
    expect(test.told).toHaveLength(1);
    ledger.close();
  });

  it('a loss that one process recorded is no second loss for the others', () => {
    const test = ledgerDirectory();
    saveTask(test.dir);
    const others = [test.open(), test.open(), test.open()];
    const told = test.told.length;
    for (const [minute, ledger] of others.entries())
      ledger.claim(anExecution({ executionId: `a${minute}`, slot: `2026-11-23T19:0${minute}:00.000Z` }));
    deleteLedger(test.path);
    for (let round = 0; round < 3; round += 1) {
      for (const ledger of others)
        ledger.claim(anExecution({ executionId: `b${round}`, slot: `2026-11-23T20:0${round}:00.000Z` }));
    }
    expect(test.told).toHaveLength(told + 1);
    for (const ledger of others) ledger.close();
  });
});

/**
 * Copies a directory. Node 24 and newer copy faster than the clock of the file system advances, and a file that was never
 * changed does not tell its birth time (`bornOf`), so the copies are changed until they do.
 */
function copyDirectory(from: string, to: string): void {
  cpSync(from, to, { recursive: true });
  for (const path of readdirSync(to).map((name) => join(to, name))) {
    const isNew = (): boolean => {
      const { birthtimeNs, ctimeNs } = statSync(path, { bigint: true });
      return birthtimeNs === ctimeNs;
    };
    // Where the system has no birth times, they stay equal.
    for (let tries = 0; isNew() && tries < 100_000; tries += 1) chmodSync(path, 0o600);
  }
}
