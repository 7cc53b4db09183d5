import { describe, expect, it } from 'vitest';
import { parseCron } from '../cron/parse-cron.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { scheduleWarnings, sentence } from './sentence.ts';

const cron = (text: string, timezone = 'UTC'): ScheduleSpec => ({ kind: 'cron', cron: parseCron(text), timezone });
const from = Date.parse('2026-11-23T10:00Z');

/** Schedule, its sentence with 24 hours, and with 12 where that differs. */
const sentences: readonly (readonly [cron: string, on24: string, on12?: string])[] = [
  ['* * * * *', 'Every minute'],
  ['*/5 * * * *', 'Every 5 minutes'],
  ['0 * * * *', 'Every hour'],
  ['30 * * * *', 'Every hour at :30'],
  ['*/45 * * * *', 'Every hour at :00 and :45'],
  ['0 */2 * * *', 'Every 2 hours'],
  ['15 */6 * * *', 'Every 6 hours at :15'],
  ['0 */12 * * *', 'Every 12 hours'],
  ['0 9 * * *', 'Every day at 9:00', 'Every day at 9:00 AM'],
  ['30 18 * * *', 'Every day at 18:30', 'Every day at 6:30 PM'],
  ['0 0 * * *', 'Every day at midnight'],
  ['0 12 * * *', 'Every day at noon'],
  ['5 0 * * *', 'Every day at 0:05', 'Every day at 12:05 AM'],
  ['0 9,17 * * *', 'Every day at 9:00 and 17:00', 'Every day at 9:00 AM and 5:00 PM'],
  ['0,30 9 * * *', 'Every day at 9:00 and 9:30', 'Every day at 9:00 AM and 9:30 AM'],
  ['0 */5 * * *', 'Every 5 hours, 0:00 to 20:00'],
  ['0 9 * * 1-5', 'Weekdays at 9:00', 'Weekdays at 9:00 AM'],
  ['0 9 * * 0,6', 'Weekends at 9:00'],
  ['0 12 * * 1', 'Every Monday at noon'],
  ['0 9 * * 1,3,5', 'Every Monday, Wednesday and Friday at 9:00'],
  ['0 9 * * 1-4', 'Monday to Thursday at 9:00'],
  ['0 9 * * 0,5,6', 'Friday to Sunday at 9:00'],
  ['0 9-17 * * *', 'Every hour, 9:00 to 17:00', 'Every hour, 9:00 AM to 5:00 PM'],
  [
    '*/15 9-16 * * 1-5',
    'Every 15 minutes, 9:00 to 16:45, Monday to Friday',
    'Every 15 minutes, 9:00 AM to 4:45 PM, Monday to Friday',
  ],
  ['* 1-2,22-23 * * *', 'Every minute, 1:00 to 2:59 and 22:00 to 23:59'],
  ['*/20 8-9,12,15-16 * * *', 'Every 20 minutes, 8:00 to 9:40, 12:00 to 12:40 and 15:00 to 16:40'],
  ['*/10 8-9 * * 1', 'Every 10 minutes, 8:00 to 9:50, on Monday'],
  ['*/10 0-5,22,23 * * *', 'Every 10 minutes, 22:00 to 5:50'],
  ['0 9-17/2 * * *', 'Every 2 hours, 9:00 to 17:00'],
  ['*/10 * * * 1,5', 'Every 10 minutes, on Monday and Friday'],
  ['*/5 * * 1 *', 'Every 5 minutes, in January'],
  ['0 9 * 6-8 *', 'Every day in June to August at 9:00'],
  ['0 0 1 * *', 'On the 1st of every month at midnight'],
  ['0 9 1,15 * *', 'On the 1st and 15th of every month at 9:00'],
  ['0 9 1-7 * *', 'On the 1st to 7th of every month at 9:00'],
  ['0 17 L * *', 'On the last day of every month at 17:00'],
  ['0 9 * * 1#1', 'On the first Monday of every month at 9:00'],
  ['30 16 * * 5L', 'On the last Friday of every month at 16:30'],
  ['0 9 1 */3 *', 'On the 1st of January, April, July and October at 9:00'],
  ['0 9 25 12 *', 'Every year on 25 December at 9:00'],
  ['0 9 */2 * *', 'On odd days of every month at 9:00'],
  ['0 9 13 * 5', 'On the 13th of every month or every Friday at 9:00'],
  ['0 9 * * 1,5#2', 'Every Monday or on the second Friday of every month at 9:00'],
  ['1,2,4,8,16,32 1,2,4,8 * * *', 'At 1, 2, 4, 8, 16, and 32 minutes past the hour, at 1:00, 2:00, 4:00, and 8:00'],
];

describe('sentences', () => {
  it.each(sentences.map(([text, on24, on12]) => ({ text, on24, on12 })))('$text: $on24', ({ text, on24, on12 }) => {
    expect(sentence(cron(text), '24h')).toBe(on24);
    if (on12 !== undefined) expect(sentence(cron(text), '12h')).toBe(on12);
  });

  it('of a one-shot contain the whole date in its zone', () => {
    const once: ScheduleSpec = { kind: 'once', atMs: Date.parse('2026-12-03T23:15Z'), timezone: 'Asia/Tokyo' };
    expect(sentence(once, '24h')).toBe('Once, on Friday, 4 December 2026 at 8:15');
    expect(sentence(once, '12h')).toBe('Once, on Friday, 4 December 2026 at 8:15 AM');
    expect(scheduleWarnings(once, from, '24h')).toEqual([]);
  });
});

describe('warnings', () => {
  it.each([
    ['*/45 * * * *', 'UTC', /not every 45 minutes: it runs at :00 and :45/],
    ['*/7 * * * *', 'UTC', /not every 7 minutes/],
    ['0 */5 * * *', 'UTC', /not every 5 hours/],
    ['0 9 13 * 5', 'UTC', /either the day of the month or the weekday/],
    ['0 9 31 * *', 'UTC', /Months without a day 31 are skipped/],
    ['0 9 */2 * *', 'UTC', /start again at 1 each month/],
    ['0 9 * * 1#5', 'UTC', /without a fifth/],
    ['0 9 29 2 *', 'UTC', /29 February 2028/],
    [
      '30 2 * * *',
      'America/New_York',
      /14 March 2027 the clocks in America\/New_York skip 2:30 AM: that run starts at 3:30 AM/,
    ],
    ['30 1 * * *', 'America/New_York', /7 November 2027 .* show 1:30 AM twice: the task runs the first time only/],
  ])('%s in %s: %s', (text, zone, expected) => {
    expect(scheduleWarnings(cron(text, zone), from, '12h').join('\n')).toMatch(expected);
  });

  it.each(['0 9 * * *', '*/15 * * * *', '0 */2 * * *', '0 9 * * 1-5', '0 0 1 * *', '0 9,17 * * *', '0 9 28 * *'])(
    'none for %s',
    (text) => {
      expect(scheduleWarnings(cron(text, 'America/New_York'), from, '24h')).toEqual(
        text === '0 */2 * * *' ? [expect.stringContaining('14 March 2027')] : [],
      );
    },
  );
});
