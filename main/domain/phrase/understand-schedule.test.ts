import { describe, expect, it } from 'vitest';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'Europe/Berlin' };
const answerOf = (text: string, more = {}) => understandSchedule(text, { ...context, ...more }).answer;

describe('understandSchedule', () => {
  it('returns the schedule that was understood', () => {
    expect(answerOf('every weekday at 9am')).toEqual({
      kind: 'cron',
      cron: '0 9 * * 1-5',
      timezone: 'Europe/Berlin',
      runAt: null,
      rrule: 'DTSTART;TZID=Europe/Berlin:20261124T090000\nRRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0',
      sentence: 'Weekdays at 9:00',
      warnings: [],
      nextRuns: [24, 25, 26, 27, 30].map((day) => `2026-11-${day}T08:00:00.000Z`),
    });
    expect(answerOf('tomorrow at 9am')).toEqual({
      kind: 'once',
      cron: null,
      timezone: 'Europe/Berlin',
      runAt: '2026-11-24T08:00:00.000Z',
      rrule: null,
      sentence: 'Once, on Tuesday, 24 November 2026 at 9:00',
      warnings: [],
      nextRuns: ['2026-11-24T08:00:00.000Z'],
    });
  });

  it('takes the zone from the phrase, then from the option, then from the machine', () => {
    const options = { timezone: 'America/New_York' };
    expect(answerOf('every day at 9am in Tokyo', options).timezone).toBe('Asia/Tokyo');
    expect(answerOf('every day at 9am', options).timezone).toBe('America/New_York');
    expect(answerOf('0 9 * * *').timezone).toBe('Europe/Berlin');
    expect(answerOf('0 9 * * 1-5 Europe/London', options).timezone).toBe('Europe/London');
    expect(answerOf('CRON_TZ=Asia/Tokyo 0 9 * * *', options).timezone).toBe('Asia/Tokyo');
  });

  it('rounds seconds up to the next minute, with a warning', () => {
    const answer = answerOf('2026-12-03T14:15:30Z');
    expect(answer.runAt).toBe('2026-12-03T14:16:00.000Z');
    expect(answer.warnings.join()).toMatch(/next full minute/);
    expect(answerOf('2026-12-03T14:15:00.000Z').warnings).toEqual([]);
    expect(answerOf('in 5 minutes', { nowMs: context.nowMs + 20_000 }).runAt).toBe('2026-11-23T10:06:00.000Z');
  });

  it('reads a time without an offset in the zone, and warns about a clock change', () => {
    expect(answerOf('2026-12-03T14:15', { timezone: 'Asia/Tokyo' }).runAt).toBe('2026-12-03T05:15:00.000Z');
    const skipped = answerOf('2027-03-28T02:30');
    expect(skipped.runAt).toBe('2027-03-28T01:30:00.000Z');
    expect(skipped.warnings.join()).toMatch(/skip 2:30 .* runs at 3:30/);
    const twice = answerOf('2027-10-31T02:30');
    expect(twice.runAt).toBe('2027-10-31T00:30:00.000Z');
    expect(twice.warnings.join()).toMatch(/twice: the task runs the first time/);
  });

  it.each([
    ['every day', /midnight .* is assumed/],
    ['every week', /Sunday is assumed/],
    ['every month', /first day of the month is assumed/],
    ['every february', /first day of the month is assumed/],
    ['every year in march at 9', /first day of the month is assumed/],
    ['monday at 9am', /Read as every monday/],
    ['on the 15th at 9am', /Read as every month/],
    ['end of the month at 6pm', /Read as every month\. Write the date/],
    ['start of the quarter at 9', /Read as every quarter\. Write the date/],
    ['end of december at 6pm', /Read as every year\. Write the date/],
    ['last friday of march at 9', /Read as every year\. Write the date/],
    ['every 36 hours from 1 december at 6', /6 was read as 6:00:/],
    ['at 5pm', /runs once\. Write "every day"/],
    ['3 december at 9am', /runs once\. Write "every year"/],
    ['next friday at 9am', /friday of next week/],
    ['every day at 5', /5 was read as 5:00:/],
    ['every 15 minutes between 9am and 5pm', /run at 17:00, the end of the window, is included: write 16:45/],
    ['*/45 * * * *', /not every 45 minutes/],
  ])('says what it assumed: %s', (text, warning) => {
    expect(answerOf(text).warnings.join('\n')).toMatch(warning);
  });

  it.each(['end of every month at 18:00', 'every year on the last friday of march at 9', 'hourly at 6'])(
    'says nothing where nothing is assumed: %s',
    (text) => {
      expect(answerOf(text).warnings).toEqual([]);
    },
  );
});
