import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { nextSlots, slotsBetween } from './slots.ts';

const cron = (text: string, timezone = 'UTC'): ScheduleSpec => ({ kind: 'cron', cron: parseCron(text), timezone });
const at = (text: string): number => Date.parse(text);

function local(text: string, timezone: string, after: string, count: number): string {
  return nextSlots(cron(text, timezone), at(after), count)
    .map((slot) => DateTime.fromMillis(slot, { zone: timezone }).toFormat('d.M. HH:mm ZZ'))
    .join(' | ');
}

describe('slots across clock changes', () => {
  it.each([
    // A time that does not exist moves forward by the gap.
    ['30 2 * * *', 'America/New_York', '2026-03-08T05:00Z', '8.3. 03:30 -04:00 | 9.3. 02:30 -04:00'],
    ['0 2 * * *', 'America/New_York', '2026-03-08T05:00Z', '8.3. 03:00 -04:00 | 9.3. 02:00 -04:00'],
    ['30 2,3 * * *', 'America/New_York', '2026-03-08T05:00Z', '8.3. 03:30 -04:00 | 9.3. 02:30 -04:00'],
    ['30 0 * * *', 'America/Sao_Paulo', '2018-11-03T23:00Z', '4.11. 01:30 -02:00 | 5.11. 00:30 -02:00'],
    ['15 2 * * *', 'Australia/Lord_Howe', '2026-10-03T13:00Z', '4.10. 02:45 +11:00 | 5.10. 02:15 +11:00'],
    // A repeated time counts once, at its first occurrence.
    ['30 1 * * *', 'America/New_York', '2026-11-01T03:00Z', '1.11. 01:30 -04:00 | 2.11. 01:30 -05:00'],
    ['45 1 * * *', 'Australia/Lord_Howe', '2026-04-04T13:00Z', '5.4. 01:45 +11:00 | 6.4. 01:45 +10:30'],
    ['30 1 * * *', 'Europe/London', '2026-10-24T23:00Z', '25.10. 01:30 +01:00 | 26.10. 01:30 +00:00'],
    ['30 2 * * *', 'Africa/Casablanca', '2026-02-14T23:30Z', '15.2. 02:30 +01:00 | 16.2. 02:30 +00:00'],
    // Every hour follows real time.
    [
      '0 * * * *',
      'America/New_York',
      '2026-11-01T04:30Z',
      '1.11. 01:00 -04:00 | 1.11. 01:00 -05:00 | 1.11. 02:00 -05:00',
    ],
    [
      '*/30 * * * *',
      'America/New_York',
      '2026-03-08T06:15Z',
      '8.3. 01:30 -05:00 | 8.3. 03:00 -04:00 | 8.3. 03:30 -04:00',
    ],
    [
      '*/20 * * * *',
      'Australia/Lord_Howe',
      '2026-10-03T15:05Z',
      '4.10. 01:40 +10:30 | 4.10. 02:40 +11:00 | 4.10. 03:00 +11:00',
    ],
    [
      '30 * * * *',
      'Australia/Lord_Howe',
      '2026-04-04T14:15Z',
      '5.4. 01:30 +11:00 | 5.4. 01:30 +10:30 | 5.4. 02:30 +10:30',
    ],
    // An interval within some hours follows real time through a repeated hour, and keeps what a gap skips.
    [
      '*/30 1-6 * * *',
      'Europe/Berlin',
      '2026-10-25T00:15Z',
      '25.10. 02:30 +02:00 | 25.10. 02:00 +01:00 | 25.10. 02:30 +01:00 | 25.10. 03:00 +01:00',
    ],
    ['*/5 2 * * *', 'America/New_York', '2026-03-08T05:00Z', '8.3. 03:00 -04:00 | 8.3. 03:05 -04:00'],
    ['0,30 1 * * *', 'America/New_York', '2026-11-01T05:15Z', '1.11. 01:30 -04:00 | 2.11. 01:00 -05:00'],
    // A day that a zone skipped does not exist.
    ['0 9 * * *', 'Pacific/Apia', '2011-12-29T08:30Z', '29.12. 09:00 -10:00 | 31.12. 09:00 +14:00'],
  ])('%s in %s after %s', (text, zone, after, expected) => {
    expect(local(text, zone, after, expected.split('|').length)).toBe(expected);
  });

  it('starts between the two occurrences of an hour', () => {
    expect(local('30 1 * * *', 'America/New_York', '2026-11-01T05:45Z', 1)).toBe('2.11. 01:30 -05:00');
    expect(local('*/20 * * * *', 'America/New_York', '2026-11-01T05:50Z', 1)).toBe('1.11. 01:00 -05:00');
  });
});

describe('slots', () => {
  it('come strictly after the start', () => {
    expect(nextSlots(cron('0 9 * * *'), at('2026-01-01T09:00Z'), 1)).toEqual([at('2026-01-02T09:00Z')]);
    expect(nextSlots(cron('0 9 * * *'), at('2026-01-01T08:59:59.999Z'), 1)).toEqual([at('2026-01-01T09:00Z')]);
  });

  it('include leap days, the ends of months and rare weekdays', () => {
    const days = (text: string, count: number): string[] =>
      nextSlots(cron(text), at('2026-01-31T12:00Z'), count).map((slot) => new Date(slot).toISOString().slice(0, 10));
    expect(days('0 0 29 2 *', 2)).toEqual(['2028-02-29', '2032-02-29']);
    expect(days('0 0 L * *', 2)).toEqual(['2026-02-28', '2026-03-31']);
    expect(days('0 0 * * 5L', 2)).toEqual(['2026-02-27', '2026-03-27']);
    expect(days('0 0 * 2 1#5', 2)).toEqual(['2044-02-29', '2072-02-29']);
    expect(days('0 0 13 * 5', 3)).toEqual(['2026-02-06', '2026-02-13', '2026-02-20']);
  });

  it('between two instants include the end, and stop at the limit', () => {
    const [from, until] = [at('2026-01-01T09:00Z'), at('2026-01-03T09:00Z')];
    const both = [at('2026-01-02T09:00Z'), until];
    expect(slotsBetween(cron('0 9 * * *'), from, until, 10)).toEqual(both);
    expect(slotsBetween(cron('0 9 * * *'), from, until, 1)).toEqual(both.slice(0, 1));
    expect(slotsBetween(cron('0 9 * * *'), until, from, 10)).toEqual([]);
  });

  it('of a one-shot: one or none', () => {
    const once: ScheduleSpec = { kind: 'once', atMs: at('2026-12-03T14:15Z'), timezone: 'UTC' };
    expect(nextSlots(once, once.atMs - 1, 5)).toEqual([once.atMs]);
    expect(nextSlots(once, once.atMs, 5)).toEqual([]);
    expect(slotsBetween(once, once.atMs - 1, once.atMs, 5)).toEqual([once.atMs]);
  });

  it.each([Number.NaN, Infinity, -1e20, 8.64e15])('refuse %d as a start', (start) => {
    expect(() => nextSlots(cron('0 9 * * *'), start, 1)).toThrow(SchedulerError);
  });
});
