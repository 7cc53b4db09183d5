import {
  openSync,
  readFileSync,
  readdirSync,
  closeSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LedgerReplacement } from '../../../ports/ledger/history.ts';
import type { Ledger } from '../../../ports/ledger/ledger.ts';
import { anExecution, anOutcome, slotAt } from '../../../testing/ledger-samples.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { openLedger } from './sqlite-ledger.ts';
import { openDatabase } from './sqlite.ts';

const now = () => Date.parse('2026-11-23T12:00:00.000Z');
const pageSize = 4096;

function filledLedger(count: number): string {
  const path = join(temporaryDir(), 'ledger.db');
  const ledger = openLedger(path);
  ledger.withWriteLock(() => {
    for (let n = 0; n < count; n += 1) {
      ledger.claim(anExecution({ executionId: `e${n}`, taskId: `t${n % 40}`, slot: slotAt(n), startedAt: slotAt(n) }));
      ledger.finish(`e${n}`, anOutcome({ completedAt: slotAt(n) }));
    }
  });
  ledger.close();
  return path;
}

function overwrite(path: string, offset: number, bytes: Uint8Array): void {
  const file = openSync(path, 'r+');
  writeSync(file, bytes, 0, bytes.length, offset);
  closeSync(file);
}

/** Overwrites the page with the middle of a table with invalid data. */
function damageTable(path: string, table: string): void {
  const database = openDatabase(path);
  const root = Number(database.prepare('SELECT rootpage FROM sqlite_schema WHERE name = ?').get(table)?.['rootpage']);
  database.close();
  overwrite(path, (root - 1) * pageSize, new Uint8Array(pageSize).fill(0x5a));
}

const asides = (path: string) =>
  readdirSync(dirname(path))
    .filter((name) => name.startsWith(`${basename(path)}.corrupt-`))
    .sort();

describe('a ledger of a newer version', () => {
  it('is refused and not changed', () => {
    const path = filledLedger(1);
    const database = openDatabase(path);
    database.exec('PRAGMA user_version = 99');
    database.close();
    const before = readFileSync(path);
    expect(() => openLedger(path)).toThrow(
      expect.objectContaining({ code: 'store/ledger-newer', message: expect.stringContaining('99') as unknown }),
    );
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(asides(path)).toEqual([]);
  });
});

describe('a damaged ledger', () => {
  const opened = (path: string): { ledger: Ledger; told: LedgerReplacement[] } => {
    const told: LedgerReplacement[] = [];
    return { ledger: openLedger(path, { now, onReplaced: (replacement) => told.push(replacement) }), told };
  };

  it.each<[string, (path: string) => void]>([
    [
      'nonsense',
      (path) => writeFileSync(path, 'not a database at all, but long enough to look like one. '.repeat(200)),
    ],
    ['a broken header', (path) => overwrite(path, 0, Buffer.from('broken'))],
    ['a broken first page', (path) => overwrite(path, 100, new Uint8Array(3000).fill(0xff))],
  ])('(%s) is moved aside, and a fresh one takes its place and says so', (_name, damage) => {
    const path = filledLedger(50);
    damage(path);
    const damaged = readFileSync(path);
    const { ledger, told } = opened(path);
    expect(told).toEqual([
      {
        at: '2026-11-23T12:00:00.000Z',
        movedTo: `${path}.corrupt-2026-11-23T12-00-00-000Z`,
        rowsSaved: 0,
        complete: false,
      },
    ]);
    expect(ledger.replacement()).toEqual(told[0]);
    expect(readFileSync(told[0]?.movedTo ?? '').equals(damaged)).toBe(true);
    expect(ledger.claim(anExecution({ slot: '2026-11-23T13:00:00.000Z' }))).toBe(true);
    ledger.close();
    const again = opened(path);
    expect(again.told).toEqual([]);
    expect(again.ledger.replacement()).toEqual(told[0]);
    again.ledger.close();
  });

  it('does not run an earlier slot again', () => {
    const path = filledLedger(50);
    writeFileSync(path, 'nonsense '.repeat(2000));
    const { ledger } = opened(path);
    expect(ledger.lastSlot('t1')).toBe('2026-11-23T12:00:00.000Z');
    ledger.claim(anExecution({ taskId: 't1', slot: '2026-11-23T12:30:00.000Z' }));
    expect(ledger.lastSlot('t1')).toBe('2026-11-23T12:30:00.000Z');
    ledger.close();
  });

  it('keeps every row outside the damage', () => {
    const path = filledLedger(3000);
    damageTable(path, 'executions_by_task');
    const { ledger } = opened(path);
    // Only this query needs the index, so it finds the damage.
    expect(ledger.list({ taskId: 't1', limit: 1000, offset: 0 }).total).toBe(75);
    expect(ledger.replacement()).toMatchObject({ complete: true });
    expect(ledger.get('e2999')).toMatchObject({ status: 'success' });
    expect(ledger.runState(['t1']).get('t1')).toMatchObject({ executionCount: 75, successfulSlots: 75 });
    expect(ledger.lastSlot('t1')).toBe(slotAt(2961));
    ledger.close();
  });

  it('keeps every claim when only the executions are damaged', () => {
    const path = filledLedger(3000);
    damageTable(path, 'executions');
    const { ledger } = opened(path);
    ledger.list({ limit: 1000, offset: 0 });
    expect(ledger.replacement()).toMatchObject({ complete: false });
    for (let n = 0; n < 3000; n += 100) {
      expect(ledger.claim(anExecution({ executionId: `again${n}`, taskId: `t${n % 40}`, slot: slotAt(n) }))).toBe(
        false,
      );
    }
    ledger.close();
  });

  it('that was cut off is replaced too', () => {
    const path = filledLedger(3000);
    truncateSync(path, Math.floor(statSync(path).size / 2));
    const { ledger } = opened(path);
    ledger.list({ limit: 1000, offset: 0 });
    ledger.slots('t1', slotAt(0));
    expect(ledger.claim(anExecution({ executionId: 'new', slot: '2027-01-01T00:00:00.000Z' }))).toBe(true);
    ledger.close();
  });

  it('is abandoned by the other processes that have it open', () => {
    const path = filledLedger(10);
    const first = openLedger(path, { now });
    const second = openLedger(path, { now });
    writeFileSync(`${path}.new`, '');
    rmSync(`${path}.new`);
    damageTable(path, 'slots');
    const counter = second.changeCounter();
    first.decide([{ taskId: 't1', slot: slotAt(900), reason: 'paused', detail: null, at: slotAt(900) }]);
    expect(second.claim(anExecution({ executionId: 'x', slot: slotAt(900) }))).toBe(false);
    expect(second.claim(anExecution({ executionId: 'y', slot: slotAt(901) }))).toBe(true);
    expect(first.claim(anExecution({ executionId: 'z', slot: slotAt(901) }))).toBe(false);
    expect(second.changeCounter()).not.toBe(counter);
    expect(asides(path).filter((name) => !/-(wal|shm)$/.test(name))).toHaveLength(1);
    first.close();
    second.close();
  });
});

describe('a ledger that was deleted under a running app', () => {
  it('is created again, and no process writes to the deleted one', () => {
    const path = filledLedger(5);
    const first = openLedger(path, { now });
    const second = openLedger(path, { now });
    for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
    expect(first.claim(anExecution({ slot: slotAt(500) }))).toBe(true);
    expect(second.claim(anExecution({ executionId: 'e2', slot: slotAt(500) }))).toBe(false);
    first.close();
    second.close();
  });

  it('throws a clear error if its folder is gone', () => {
    const path = filledLedger(5);
    const ledger = openLedger(path);
    rmSync(dirname(path), { recursive: true });
    expect(() => ledger.claim(anExecution({ slot: slotAt(500) }))).toThrow(
      expect.objectContaining({ code: 'store/ledger-unreadable' }),
    );
    ledger.close();
  });
});
