import { expect, test } from 'vitest';
import { shownNextRun } from './next-run.ts';

const timing = { nextRuns: ['2026-11-26T09:00:00.000Z', '2026-11-27T09:00:00.000Z'] };
const now = Date.parse('2026-11-26T08:00:00.000Z');

test('the next run is the first that has not passed and is not skipped; a task that rests has none', () => {
  expect(shownNextRun({ status: 'active' }, timing, now)).toBe(timing.nextRuns[0]);
  expect(shownNextRun({ status: 'active' }, timing, now + 2 * 3_600_000)).toBe(timing.nextRuns[1]);
  expect(shownNextRun({ status: 'active', skipUntil: '2026-11-26T09:00:00.000Z' }, timing, now)).toBe(
    timing.nextRuns[1],
  );
  const nextRuns = ['2026-11-30T09:00:00.000Z'];
  expect(shownNextRun({ status: 'active', nextRuns }, timing, now)).toBe(nextRuns[0]);
  expect(shownNextRun({ status: 'active', nextRuns: [] }, timing, now)).toBeUndefined();
  expect(shownNextRun({ status: 'paused' }, timing, now)).toBeUndefined();
  expect(shownNextRun({ status: 'active' }, undefined, now)).toBeUndefined();
});
