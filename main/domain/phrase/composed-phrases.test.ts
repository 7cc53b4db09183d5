import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { acceptedPhrases } from '../../testing/accepted-phrases.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };

/** Days in words, and as the day fields of cron: day of the month, month, weekday. */
const DAYS: readonly (readonly [words: string, fields: string])[] = [
  ['every day', '* * *'],
  ['daily', '* * *'],
  ['each day', '* * *'],
  ['every weekday', '* * 1-5'],
  ['on weekdays', '* * 1-5'],
  ['every working day', '* * 1-5'],
  ['monday to friday', '* * 1-5'],
  ['every weekend', '* * 0,6'],
  ['every monday', '* * 1'],
  ['on tuesdays', '* * 2'],
  ['every tuesday and thursday', '* * 2,4'],
  ['every mon, wed and fri', '* * 1,3,5'],
  ['friday to sunday', '* * 0,5,6'],
  ['every sunday in december', '* 12 0'],
  ['every day except sunday', '* * 1-6'],
  ['weekdays except friday', '* * 1-4'],
  ['every day in july and august', '* 7,8 *'],
  ['every month on the 1st', '1 * *'],
  ['on the 1st and 15th of the month', '1,15 * *'],
  ['last day of the month', 'L * *'],
  ['the 31st of every month', '31 1,3,5,7,8,10,12 *'],
  ['first monday of the month', '* * 1#1'],
  ['last friday of the month', '* * 5L'],
  ['second and fourth tuesday of the month', '* * 2#2,2#4'],
  ['every year on january 1st', '1 1 *'],
  ['every quarter on the 1st', '1 */3 *'],
  ['last day of the quarter', 'L */3+2 *'],
  ['first working day of the month', '1W * *'],
  ['last working day of the month', 'LW * *'],
  ['5th business day of the month', '5WD * *'],
  ['second to last working day of the month', 'LW-1 * *'],
  ['second to last day of the month', 'L-1 * *'],
  ['working day nearest the 15th', '15W * *'],
  ['every friday the 13th', '13 * +5'],
  ['the 1st if it is a monday', '1 * +1'],
  ['last day of the month if it is a weekday', 'L * +1-5'],
];

/** Times in words, and as minute and hour of cron. */
const TIMES: readonly (readonly [words: string, fields: string])[] = [
  ['at 9am', '0 9'],
  ['at 17:30', '30 17'],
  ['at noon', '0 12'],
  ['at midnight', '0 0'],
  ['at 6am and 6pm', '0 6,18'],
  ['at 8:15, 12:15 and 20:15', '15 8,12,20'],
  ['at half past 7am', '30 7'],
  ['at quarter to 10pm', '45 21'],
  ['at 10 past 9am', '10 9'],
  ['at 14h30', '30 14'],
];

const cronOf = (times: string, days: string): string => `${times} ${days}`.replace('L */3+2 *', 'L 3,6,9,12 *');
const rows = DAYS.flatMap(([days, dayFields]) =>
  TIMES.map(([times, timeFields]) => [`${days} ${times}`, cronOf(timeFields, dayFields)] as const),
);

describe('phrases of days and times', () => {
  it('are at least 550, with those of the other table', () => {
    expect(rows.length + acceptedPhrases.length).toBeGreaterThanOrEqual(550);
  });

  it.each(rows)('"%s" is %s', (phrase, cron) => {
    const exact = scheduleText(storedSchedule(understandSchedule(phrase, context).spec));
    expect(exact).toBe(cron);
  });

  it.each(rows.filter((_, index) => index % TIMES.length === 0))('"%s" in Tokyo is %s there', (phrase, cron) => {
    const { spec } = understandSchedule(`${phrase} in Tokyo`, context);
    expect([scheduleText(storedSchedule(spec)), spec.timezone]).toEqual([cron, 'Asia/Tokyo']);
  });
});
