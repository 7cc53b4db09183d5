import { expect, it } from 'vitest';
import { formatDuration, longestDurationMs } from './durations.ts';

const hour = 3_600_000;

it.each([
  [1, '1 ms'],
  [1500, '1.5 s'],
  [300_000, '5 min'],
  [5400_000, '1 h 30 min'],
  [24 * hour, '1 day'],
  [36 * hour, '1 day 12 h'],
  [25 * 24 * hour, '25 days'],
  [3_000_000_000, '34 days 17 h'],
  [longestDurationMs, '36525 days'],
])('a length of %d ms is written as %s', (ms, written) => {
  expect(formatDuration(ms)).toBe(written);
});
