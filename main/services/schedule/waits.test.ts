import { expect, it } from 'vitest';
import type { Execution } from '../../contract/execution.ts';
import { waitsOf } from './waits.ts';

const slot = '2026-11-25T09:00:00.000Z';
const run = (
  startedAfter: number,
  duration: number | null,
  more: Partial<Pick<Execution, 'slot' | 'trigger' | 'attempt'>> = {},
) => ({
  ...{ slot, trigger: 'schedule' as const, attempt: 1, duration },
  startedAt: new Date(Date.parse(slot) + startedAfter * 1000).toISOString(),
  ...more,
});

it('counts a run that started when another one ended', () => {
  expect(waitsOf([run(0, 40_000), run(40, 1000), run(41, 1000)], 1)).toEqual({ count: 2, longestMs: 41_000 });
});

it('does not count a delay while there was room', () => {
  expect(waitsOf([run(0, 40_000), run(40, 1000)], 2)).toEqual({ count: 0, longestMs: 0 });
  expect(waitsOf([run(40, 1000)], 1)).toEqual({ count: 0, longestMs: 0 });
});

it('counts neither retries nor catch-up nor manual runs, which are late for other reasons', () => {
  const late = [{ attempt: 2 }, { trigger: 'catch-up' as const }, { trigger: 'manual' as const, slot: null }];
  for (const more of late) expect(waitsOf([run(0, 40_000), run(40, 1000, more)], 1).count).toBe(0);
});

it('counts a wait for a run that still runs', () => {
  expect(waitsOf([run(0, null), run(0, 20_000), run(20, null)], 2)).toEqual({ count: 1, longestMs: 20_000 });
});

it('counts a wait of five seconds, and no shorter one', () => {
  expect(waitsOf([run(0, 5000), run(5, 1000)], 1)).toEqual({ count: 1, longestMs: 5000 });
  expect(waitsOf([run(0, 5000), run(4.999, 1000)], 1)).toEqual({ count: 0, longestMs: 0 });
});

it('counts the runs that were in progress half of that before the start, from their first moment to their last', () => {
  const late = run(40, 1000);
  expect(waitsOf([run(0, 37_500), late], 1).count).toBe(1);
  expect(waitsOf([run(0, 37_499), late], 1).count).toBe(0);
  expect(waitsOf([run(37.5, 5000, { attempt: 2 }), late], 1).count).toBe(1);
  expect(waitsOf([run(37.501, 5000, { attempt: 2 }), late], 1).count).toBe(0);
});
