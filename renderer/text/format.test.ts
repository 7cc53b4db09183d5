import { expect, test } from 'vitest';
import { formatDuration } from '../../main/contract/durations.ts';
import { formatBytes } from '../../main/contract/sizes.ts';
import {
  durationText,
  formatAgo,
  formatCountdown,
  formatShare,
  formatSince,
  formatMoment,
  formatZone,
  parseDuration,
  withMoments,
} from './format.ts';

const now = Date.parse('2026-11-25T10:00:00.000Z');
const after = (ms: number) => new Date(now + ms).toISOString();

test.each([
  [0, '0 ms'],
  [480, '480 ms'],
  [1500, '1.5 s'],
  [2000, '2 s'],
  [42_400, '42 s'],
  [200_000, '3 min 20 s'],
  [7_800_000, '2 h 10 min'],
  [86_400_000, '1 day'],
])('a duration of %d ms is %s', (ms, text) => expect(formatDuration(ms)).toBe(text));

test.each([
  [-1, 'now'],
  [0, 'now'],
  [500, 'in 1 s'],
  [45_000, 'in 45 s'],
  [61_000, 'in 2 min'],
  [7_800_000, 'in 2 h 10 min'],
  [3 * 86_400_000, 'in 3 days'],
  [59 * 86_400_000, 'in 59 days'],
  [100 * 86_400_000, 'in 3 months'],
  [4840 * 86_400_000, 'in 13 years'],
])('a countdown with %d ms left is %s', (ms, text) => expect(formatCountdown(after(ms), now)).toBe(text));

test('the time since an instant', () => {
  expect([1000, 30_000, 300_000, 7_200_000, 3 * 86_400_000].map((ms) => formatAgo(after(-ms), now))).toEqual([
    'just now',
    '30 s ago',
    '5 min ago',
    '2 h ago',
    '3 days ago',
  ]);
});

test('a moment names its day in the given zone', () => {
  expect(formatMoment('2026-11-25T12:00:00Z', now, 'UTC')).toMatch(/^today at/);
  expect(formatMoment('2026-11-26T09:00:00Z', now, 'UTC')).toMatch(/^tomorrow at/);
  expect(formatMoment('2026-11-24T09:00:00Z', now, 'UTC')).toMatch(/^yesterday at/);
  expect(formatMoment('2026-11-25T20:00:00Z', now, 'Asia/Tokyo')).toMatch(/^tomorrow at/);
  expect(formatMoment('2028-02-01T09:00:00Z', now, 'UTC')).toMatch(/2028/);
});

test('what began today is said by its time alone', () => {
  expect(formatSince('2026-11-25T00:05:00Z', now)).toMatch(/^(?:0|12):05/);
  expect(formatSince('2026-11-24T23:55:00Z', now)).toMatch(/^yesterday at /);
});

test('sizes and zones', () => {
  expect([12, 4200, 12 * 1024 * 1024].map(formatBytes)).toEqual(['12 B', '4.1 KB', '12 MB']);
  expect(formatZone('America/Argentina/Buenos_Aires')).toBe('Buenos Aires');
});

test('a typed duration needs a unit', () => {
  expect(['90s', ' 5 m ', '2h', '1d', '1.5h', '10 min', '250ms'].map(parseDuration)).toEqual([
    90_000, 300_000, 7_200_000, 86_400_000, 5_400_000, 600_000, 250,
  ]);
  expect(['', '30', 'abc', '5 x', '-1s', '5m2s'].map(parseDuration)).toEqual([null, null, null, null, null, null]);
});

test('a formatted duration is read back', () => {
  for (const ms of [1, 999, 1000, 90_000, 300_000, 86_400_000, 90_061_001]) {
    expect(parseDuration(durationText(ms))).toBe(ms);
  }
});

test.each([
  [1, '100%'],
  [0.9999, '99%'],
  [0.29, '29%'],
  [0.001, '1%'],
  [0, '0%'],
])('a share of %d is %s', (share, text) => expect(formatShare(share)).toBe(text));

test('a text of the scheduler has its instants as moments, and the rest as it was', () => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  const said = 'It was lost (2026-11-24T09:41:20.000Z), version 2026-11.';
  expect(withMoments(said, now)).toBe(
    `It was lost (${formatMoment('2026-11-24T09:41:20.000Z', now)}), version 2026-11.`,
  );
  expect(withMoments(said, now)).toContain('(yesterday at ');
});
