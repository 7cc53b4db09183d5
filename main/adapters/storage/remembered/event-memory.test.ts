import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { NotedEvent } from '../../../ports/machine-events.ts';
import { openEventMemory } from './event-memory.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-event-memory-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const path = () => join(folder, 'events.json');
const open = () => openEventMemory({ path: path(), lock: (action) => action() });
const at = '2026-11-25T12:00:00.000Z';
const login = (id: string): NotedEvent => ({ event: 'login', id, at, since: at });

it('notes an event once, whichever process sees it', () => {
  const [one, other] = [open(), open()];
  expect(one.read()).toEqual([]);
  other.note([login('a'), { ...login('a'), event: 'startup' }]);
  expect(one.read()).toHaveLength(2);
  one.note([{ ...login('a'), at: '2026-11-25T13:00:00.000Z' }]);
  expect(other.read()).toEqual([login('a'), { ...login('a'), event: 'startup' }]);
  expect(statSync(path()).mode & 0o777).toBe(0o600);
});

it('keeps the latest hundred of each event, so that many wakes do not make it forget the start of the system', () => {
  const memory = open();
  memory.note([{ ...login('boot'), event: 'startup' }]);
  for (let index = 0; index < 105; index += 1) memory.note([{ ...login(String(index)), event: 'wake' }]);
  const kept = memory.read();
  expect(kept.filter(({ event }) => event === 'startup')).toHaveLength(1);
  expect(kept.filter(({ event }) => event === 'wake').map(({ id }) => id)).toEqual(
    Array.from({ length: 100 }, (_, index) => String(index + 5)),
  );
});

it('keeps the events of a newer version, and does not answer with them', () => {
  const newer = { version: 1, events: [{ event: 'usb', id: 'x', at, since: at, port: 3 }] };
  writeFileSync(path(), JSON.stringify(newer));
  const memory = open();
  expect(memory.read()).toEqual([]);
  memory.note([login('a')]);
  expect(JSON.parse(readFileSync(path(), 'utf8'))).toMatchObject({ events: [newer.events[0], login('a')] });
});

it.each(['{', '{"version":2,"events":[]}', '{"version":1,"events":[{"event":"login","id":"a","at":"today"}]}'])(
  'never overwrites a file that it cannot read: %s',
  (text) => {
    writeFileSync(path(), text);
    expect(() => open().read()).toThrow(/cannot be read: .*events\.json.*was not changed/);
    expect(() => open().note([login('a')])).toThrow(/was not changed/);
    expect(readFileSync(path(), 'utf8')).toBe(text);
  },
);
