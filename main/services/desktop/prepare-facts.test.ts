import { expect, test, vi } from 'vitest';
import type { ScheduleFile, Timing } from '../../contract/task.ts';
import { prepareFacts, type PreparedFrom } from './prepare-facts.ts';
import { TimingFacts } from '../schedule/timing-facts.ts';

const startMs = Date.parse('2026-11-25T09:41:20.000Z');

/** A store with so many groups, and a clock that advances by a ms with each look. */
function outside(groups: number, state: 'ok' | 'read-only' = 'ok'): PreparedFrom {
  const timings = Array.from({ length: groups }, (_, index): [string, Timing] => [
    `g${index}`,
    {
      ...{ id: `g${index}`, name: `g${index}`, createdAt: '2026-11-01T00:00:00.000Z', taskIds: [] },
      ...{ cronExpression: `${index % 60} * * * *`, timezone: 'UTC' },
    },
  ]);
  const file: ScheduleFile = { version: '2.0.0', tasks: {}, timings: Object.fromEntries(timings) };
  let nowMs = startMs;
  return {
    clock: {
      now: () => (nowMs += 1),
      setTimer: (callback) => {
        queueMicrotask(callback);
        return () => undefined;
      },
    },
    store: {
      state: () => (state === 'ok' ? { state } : { state, message: 'The file is damaged.' }),
      read: () => {
        if (state !== 'ok') throw new Error('The file is damaged.');
        return file;
      },
    },
  };
}

function countingFacts() {
  const counts = { clocks: 0 };
  const clock = () => {
    counts.clocks += 1;
    return '24h' as const;
  };
  return { counts, facts: new TimingFacts({ clock, machineTimezone: () => 'UTC' }) };
}

test('every group is prepared, in turns, with one look at the settings', async () => {
  const { counts, facts } = countingFacts();
  const from = outside(40);
  const prepared = prepareFacts(from, facts);
  const last = from.store.read().timings['g39'];
  const spy = vi.spyOn(facts, 'of');
  await prepared;
  // The first turn was over before: other work came in between.
  expect(spy.mock.calls.length).toBeGreaterThan(0);
  expect(spy.mock.calls.length).toBeLessThan(40);
  expect(spy.mock.lastCall?.[0]).toBe(last);
  expect(counts.clocks).toBe(1);
});

test('an unreadable schedule has nothing to prepare', async () => {
  const { counts, facts } = countingFacts();
  await prepareFacts(outside(3, 'read-only'), facts);
  expect(counts.clocks).toBe(0);
});
