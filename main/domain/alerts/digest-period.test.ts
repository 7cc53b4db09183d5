import { describe, expect, it } from 'vitest';
import { latestDigestMs } from './digest-period.ts';

const latest = (digest: Parameters<typeof latestDigestMs>[0], now: string, zone = 'UTC') =>
  new Date(latestDigestMs(digest, { ms: Date.parse(now), zone })).toISOString();

describe('the latest time of a digest', () => {
  it.each([
    ['at its time of day', {}, '2026-11-24T08:00:00Z', '2026-11-24T08:00:00.000Z'],
    ['yesterday before that time', {}, '2026-11-24T07:59:59Z', '2026-11-23T08:00:00.000Z'],
    ['at another time', { at: '18:30' }, '2026-11-24T18:31:00Z', '2026-11-24T18:30:00.000Z'],
    ['on Monday of this week', { every: 'week' as const }, '2026-11-26T12:00:00Z', '2026-11-23T08:00:00.000Z'],
    ['a week ago before its time', { every: 'week' as const }, '2026-11-23T07:00:00Z', '2026-11-16T08:00:00.000Z'],
    ['on another day', { every: 'week' as const, weekday: 7 }, '2026-11-24T12:00:00Z', '2026-11-22T08:00:00.000Z'],
  ])('is %s', (_words, digest, now, expected) => {
    expect(latest({ every: 'day', ...digest }, now)).toBe(expected);
  });

  it('follows the clock of the zone across its changes', () => {
    const berlin = 'Europe/Berlin';
    expect(latest({ every: 'day' }, '2026-10-25T12:00:00Z', berlin)).toBe('2026-10-25T07:00:00.000Z');
    expect(latest({ every: 'day' }, '2026-10-25T06:30:00Z', berlin)).toBe('2026-10-24T06:00:00.000Z');
    // 02:30 does not exist on 28 March 2027, and occurs twice on 25 October 2026.
    expect(latest({ every: 'day', at: '02:30' }, '2027-03-28T12:00:00Z', berlin)).toBe('2027-03-28T01:30:00.000Z');
    expect(latest({ every: 'day', at: '02:30' }, '2026-10-25T12:00:00Z', berlin)).toBe('2026-10-25T00:30:00.000Z');
  });
});
