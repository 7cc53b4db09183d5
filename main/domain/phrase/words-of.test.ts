import { describe, expect, it } from 'vitest';
import { cronSpec } from '../timing/cron-spec.ts';
import { wordsOf } from './words-of.ts';

describe('the words of a schedule', () => {
  it.each([
    ['0 9 * * 1-5', '24h', 'Weekdays at 9:00'],
    ['0 9 * * 1-5', '12h', 'Weekdays at 9:00 AM'],
    ['*/15 9-16 * * 1-5', '24h', 'Every 15 minutes, 9:00 to 16:45, Monday to Friday'],
    ['30 16 * 6-8 5L', '24h', 'On the last Friday of June to August at 16:30'],
  ] as const)('%s on a %s clock are its sentence', (cron, clock, words) => {
    expect(wordsOf(cronSpec(cron, 'Europe/Berlin'), clock)).toBe(words);
  });

  it.each(['3-59/7 1,5,22 * * *', '5 4 13 * 5#2,1L', '1,2,4,8,16,32,33,35,37,39,41,43,45 3 * * *'])(
    'of %s are missing, because they would not be read as this schedule',
    (cron) => expect(wordsOf(cronSpec(cron, 'UTC'), '24h')).toBeNull(),
  );

  it('of a one-shot are its date and time in its zone, also when it has passed', () => {
    const atMs = Date.parse('2020-12-03T14:15:00Z');
    expect(wordsOf({ kind: 'once', atMs, timezone: 'Asia/Tokyo' }, '12h')).toBe('2020-12-03 23:15');
  });

  it('of a one-shot in the hour that a clock change repeats are missing, because they name its first occurrence', () => {
    const first = Date.parse('2026-10-25T00:30:00Z');
    const timezone = 'Europe/Berlin';
    expect(wordsOf({ kind: 'once', atMs: first, timezone }, '24h')).toBe('2026-10-25 02:30');
    expect(wordsOf({ kind: 'once', atMs: first + 3_600_000, timezone }, '24h')).toBeNull();
  });
});
