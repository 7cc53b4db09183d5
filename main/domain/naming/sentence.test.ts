import { describe, expect, it } from 'vitest';
import { parseCron } from '../cron/parse-cron.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { scheduleWarnings, sentence } from './sentence.ts';

const cron = (text: string, timezone = 'UTC'): ScheduleSpec => ({ kind: 'cron', cron: parseCron(text), timezone });
const from = Date.parse('2026-11-23T10:00Z');

describe('sentences', () => {
  it.each([
    ['0 9 * * *', 'At 9:00 AM'],
    ['0 9 * * 1-5', 'At 9:00 AM, on Monday through Friday'],
    ['*/5 * * * *', 'Every 5 minutes'],
    ['*/45 * * * *', 'At 0 and 45 minutes past the hour'],
    ['0 */5 * * *', 'At 12:00 AM, 5:00 AM, 10:00 AM, 3:00 PM and 8:00 PM'],
    ['0 9 13 * 5', 'At 9:00 AM, on day 13 of the month or on Friday'],
    ['0 9 * * 1,5#2', 'At 9:00 AM, on Monday or on the second Friday of the month'],
    ['0 9 */10 * *', 'At 9:00 AM, on day 1, 11, 21, and 31 of the month'],
    ['0 9 1 */3 *', 'At 9:00 AM, on day 1 of the month, in January, April, July, and October'],
    ['0 17 L * *', 'At 5:00 PM, on the last day of the month'],
  ])('%s: %s', (text, expected) => {
    expect(sentence(cron(text))).toBe(expected);
  });

  it('of a one-shot contain the whole date in its zone', () => {
    const once: ScheduleSpec = { kind: 'once', atMs: Date.parse('2026-12-03T23:15Z'), timezone: 'Asia/Tokyo' };
    expect(sentence(once)).toBe('Once, on Friday, 4 December 2026 at 8:15 AM');
    expect(scheduleWarnings(once, from)).toEqual([]);
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
    expect(scheduleWarnings(cron(text, zone), from).join('\n')).toMatch(expected);
  });

  it.each(['0 9 * * *', '*/15 * * * *', '0 */2 * * *', '0 9 * * 1-5', '0 0 1 * *', '0 9,17 * * *', '0 9 28 * *'])(
    'none for %s',
    (text) => {
      expect(scheduleWarnings(cron(text, 'America/New_York'), from)).toEqual(
        text === '0 */2 * * *' ? [expect.stringContaining('14 March 2027')] : [],
      );
    },
  );
});
