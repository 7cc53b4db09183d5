import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from './understand-schedule.ts';

/** Returns the cron expression, the instant, or the minutes of an interval; `refused` for a phrase that is not read. */
function meaning(phrase: string): string {
  try {
    const { answer } = understandSchedule(phrase, {
      nowMs: Date.parse('2026-11-25T10:00:00Z'),
      machineTimezone: 'Europe/London',
    });
    const minutes = answer.scheduleRule?.interval?.minutes;
    return minutes === undefined ? (answer.cron ?? answer.runAt ?? '') : `@every ${minutes}m`;
  } catch (error) {
    if (!(error instanceof SchedulerError)) throw error;
    return 'refused';
  }
}

describe('24/7', () => {
  it.each([
    ['24/7 every minute', '* * * * *'],
    ['24/7 each minute', '* * * * *'],
    ['minutely 24/7', '* * * * *'],
    ['every 5m 24/7', '*/5 * * * *'],
    ['every h 24/7', '0 * * * *'],
    ['hourly, 24/7', '0 * * * *'],
    ['once an hour, 24/7', '0 * * * *'],
    ['every half hour 24/7', '*/30 * * * *'],
    ['every twenty five minutes 24/7', '@every 25m'],
    ['every 1.5 h 24/7', '@every 90m'],
    ['24/7 every 1.25 hrs', '@every 75m'],
    ['every hour, 24/7 except sundays', '0 * * * 1-6'],
  ])('means always beside a rate: %s', (phrase, expected) => expect(meaning(phrase)).toBe(expected));

  it.each([
    ['24/7 at 18:00 hrs', '2027-07-24T17:00:00.000Z'],
    ['24/7 at 18.00 hrs', '2027-07-24T17:00:00.000Z'],
    ['24/7/2027 at 18:00 hrs', '2027-07-24T17:00:00.000Z'],
    ['on 24/7 every hour', '0 * 24 7 *'],
    ['every hour on 24/7', '0 * 24 7 *'],
    ['yearly 24/7 at 9.30', '30 9 24 7 *'],
    ['every year on 24/7 at 9.30 hrs', '30 9 24 7 *'],
  ])('is a date without a rate, or after "on": %s', (phrase, expected) => expect(meaning(phrase)).toBe(expected));

  it.each([
    'every hour until 24/7',
    'every hour from 24/7',
    'until 24/7 every hour',
    'every 5 minutes ending on 24/7',
    'every hour 24/7 until 24/7',
    'every hour until 24/7/2027',
    'every hour 24/7/2027',
    'every day at 18:00 hrs 24/7',
    '24/7 every day at 18.00 hrs',
    '24/7 on the hour',
  ])('is not made "daily" where a date belongs, and nothing is guessed: %s', (phrase) => {
    expect(meaning(phrase)).toBe('refused');
  });

  it.each([
    ['every hour until 24/7', '"until"'],
    ['every hour until 24/7/2027', '"until"'],
  ])('leaves the rest of %s as it was typed', (phrase, word) => {
    const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' };
    expect(() => understandSchedule(phrase, context)).toThrow(`This word was not understood: ${word}.`);
  });
});

describe('a number with a full stop', () => {
  it.each([
    ['every 1.25 hrs', '@every 75m'],
    ['every 1.25 h', '@every 75m'],
    ['every 1.25 hours', '@every 75m'],
    ['each 1.50 hrs', '@every 90m'],
    ['every 1.5 h', '@every 90m'],
    ['every 0.75 hrs', '@every 45m'],
    ['in 1.25 hrs', '2026-11-25T11:15:00.000Z'],
    ['after 1.25 h', '2026-11-25T11:15:00.000Z'],
    ['1.25 hrs later', '2026-11-25T11:15:00.000Z'],
    ['1.25 hrs from now', '2026-11-25T11:15:00.000Z'],
  ])('is a duration after "every", "in" or "after": %s', (phrase, expected) => expect(meaning(phrase)).toBe(expected));

  it.each([
    ['every day at 9.30', '30 9 * * *'],
    ['every day at 9.30 hrs', '30 9 * * *'],
    ['every day 9.30h', '30 9 * * *'],
    ['at 9.30 hrs every day', '30 9 * * *'],
    ['every day at 18.00 Uhr', '0 18 * * *'],
    ['every monday, 9.30 hrs', '30 9 * * 1'],
    ['every weekday at 5.30pm', '30 17 * * 1-5'],
    ['every 2 hours from 9.00 hrs to 17.00 hrs', '0 9-17/2 * * *'],
    ['12/24/2026 at 9.30', '2026-12-24T09:30:00.000Z'],
    ['24.12.2026 9.30h', '2026-12-24T09:30:00.000Z'],
    ['in 2 days at 9.30 h', '2026-11-27T09:30:00.000Z'],
  ])('is a time of day elsewhere: %s', (phrase, expected) => expect(meaning(phrase)).toBe(expected));
});
