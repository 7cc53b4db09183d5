import { expect, test } from 'vitest';
import { sampleExecution } from '../../testing/samples.ts';
import { usualDurations } from './usual-durations.ts';

test('the usual duration is the median of enough successful runs', () => {
  const runs = [10, 30, 20].map((duration) => sampleExecution({ duration }));
  expect(usualDurations(runs).get('task-1')).toBe(20);
  expect(usualDurations(runs.slice(1)).size).toBe(0);
  expect(usualDurations([...runs, sampleExecution({ duration: 9999, status: 'failure' })]).get('task-1')).toBe(20);
});
