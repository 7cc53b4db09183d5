import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { KnownDays } from '../../../ports/calendars.ts';
import { openCalendarMemory } from './calendar-memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-calendar-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'calendars.json');
const open = () => openCalendarMemory({ path: path(), lock: (action) => action() });
const known: KnownDays = {
  calendar: '{}',
  days: [{ date: '2026-12-25', name: 'Christmas Day' }],
  ...{ until: '2036-12-31', readAt: '2026-11-25T12:00:00.000Z', triedAt: '2026-11-25T12:00:00.000Z', problem: null },
};

it('holds days for every process, also after another one changed them', () => {
  const [one, other] = [open(), open()];
  expect(one.read()).toEqual({});
  other.update(() => ({ Germany: known }));
  expect(one.read()).toEqual({ Germany: known });
  one.update((before) => ({ ...before, Team: { ...known, days: [] } }));
  expect(Object.keys(other.read())).toEqual(['Germany', 'Team']);
});

it.each(['{', '{"version":2,"calendars":{}}', '{"version":1,"calendars":{"A":{"days":[{"date":"today"}]}}}'])(
  'never overwrites a file that it cannot read: %s',
  (text) => {
    writeFileSync(path(), text);
    expect(() => open().read()).toThrow(/cannot be read: .*calendars\.json.*was not changed/);
    expect(() => open().update(() => ({ Germany: known }))).toThrow(/was not changed/);
    expect(readFileSync(path(), 'utf8')).toBe(text);
  },
);
