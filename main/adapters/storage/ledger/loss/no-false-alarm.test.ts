import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  claimSlot,
  claimTwo,
  copyOver,
  damagePageOf,
  deleteLedger,
  ledgerDirectory,
  ledgerDirectoryAt,
  lossNoticedAt,
  saveTask,
} from '../../../../testing/ledger-directory.ts';
import { anExecution } from '../../../../testing/ledger-samples.ts';
import { openDatabase } from '../sqlite.ts';

describe('no alarm', () => {
  it('a first start without tasks, by two processes at once', () => {
    const test = ledgerDirectory();
    const [first, second] = [test.open(), test.open()];
    saveTask(test.dir);
    expect(claimSlot(second, 1)).toBe(true);
    expect(claimSlot(first, 2)).toBe(true);
    for (const ledger of [first, second, test.open()]) {
      expect(ledger.loss()).toBeNull();
      ledger.close();
    }
    expect(test.told).toEqual([]);
  });

  it('a directory that was renamed', () => {
    const test = ledgerDirectory();
    claimTwo(test);
    renameSync(test.dir, `${test.dir}.renamed`);
    const renamed = ledgerDirectoryAt(`${test.dir}.renamed`);
    const ledger = renamed.open();
    expect(claimSlot(ledger, 3)).toBe(true);
    expect(renamed.told).toEqual([]);
    ledger.close();
  });

  it.each(['lost', 'garbage'])('a witness that is %s: it is written again, and protects again', (how) => {
    const test = ledgerDirectory();
    claimTwo(test);
    const witness = join(test.dir, 'ledger.mark');
    if (how === 'lost') rmSync(witness);
    else writeFileSync(witness, 'garbage');
    test.open().close();
    expect(JSON.parse(readFileSync(witness, 'utf8'))).toMatchObject({ claims: 2 });
    const ledger = test.open();
    expect(claimSlot(ledger, 3)).toBe(true);
    expect(test.told).toEqual([]);
    ledger.close();
  });

  it('a witness that cannot be written: the claim stands, and the problem is reported', () => {
    const test = ledgerDirectory();
    const problems: unknown[] = [];
    const ledger = test.open({ onWitnessProblem: (problem) => problems.push(problem) });
    const witness = join(test.dir, 'ledger.mark');
    rmSync(witness);
    mkdirSync(join(witness, 'in-the-way'), { recursive: true });
    expect(claimSlot(ledger, 1)).toBe(true);
    expect(problems).toHaveLength(1);
    ledger.close();
  });

  it('a ledger of an earlier version that has rows', () => {
    const test = ledgerDirectory();
    const database = openDatabase(test.path);
    database.exec(readFileSync(join(import.meta.dirname, '..', 'fixtures', '3.sql'), 'utf8'));
    database.close();
    saveTask(test.dir);
    const ledger = test.open();
    expect(claimSlot(ledger, 7)).toBe(true);
    expect(ledger.loss()).toBeNull();
    ledger.close();
    expect(test.told).toEqual([]);
    expect(existsSync(join(test.dir, 'ledger.mark'))).toBe(true);
  });

  it('our own recovery of a damaged ledger that lost no row, also in the other processes', () => {
    const test = ledgerDirectory();
    const [first, second] = [test.open(), test.open()];
    saveTask(test.dir);
    expect(claimSlot(first, 1)).toBe(true);
    damagePageOf(test.path, 'executions_by_task');
    expect(first.list({ taskId: 't1', limit: 10, offset: 0 }).total).toBe(1);
    expect(first.replacement()).toMatchObject({ complete: true });
    expect(claimSlot(second, 1)).toBe(false);
    expect(claimSlot(second, 2)).toBe(true);
    expect(claimSlot(first, 3)).toBe(true);
    expect(test.told).toEqual([]);
    first.close();
    second.close();
  });
});

describe('a damaged ledger', () => {
  it('that had a floor keeps it when all of its rows are saved', () => {
    const test = ledgerDirectory();
    claimTwo(test);
    deleteLedger(test.path);
    const ledger = test.open();
    const later = '2026-11-23T19:00:00.000Z';
    ledger.claim(anExecution({ executionId: 'later', slot: later }));
    damagePageOf(test.path, 'executions_by_task');
    ledger.list({ taskId: 't1', limit: 10, offset: 0 });
    expect(ledger.replacement()).toMatchObject({ complete: true });
    expect(ledger.loss()).toEqual({ at: lossNoticedAt, cause: 'missing' });
    expect(claimSlot(ledger, 1)).toBe(false);
    ledger.close();
  });

  it('that is an older copy, too, gets the floor although all of its rows are saved', () => {
    const test = ledgerDirectory();
    claimTwo(test, () => copyOver(test.path, `${test.path}.copy`));
    copyOver(`${test.path}.copy`, test.path);
    damagePageOf(test.path, 'executions_by_task');
    const ledger = test.open();
    ledger.list({ taskId: 't1', limit: 10, offset: 0 });
    expect(claimSlot(ledger, 2)).toBe(false);
    ledger.close();
  });
});
