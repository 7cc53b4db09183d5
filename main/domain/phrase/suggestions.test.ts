import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' };

function suggestionsFor(phrase: string): string[] {
  try {
    understandSchedule(phrase, context);
  } catch (error) {
    if (error instanceof SchedulerError && Array.isArray(error.details['suggestions'])) {
      return error.details['suggestions'] as string[];
    }
    throw error;
  }
  throw new Error(`"${phrase}" was accepted`);
}

const cronOf = (phrase: string): string | null => understandSchedule(phrase, context).answer.cron;

describe('a suggestion', () => {
  it.each([
    ['on the last workng day of each month at 17:30', ['on the last working day of each month at 17:30']],
    ['every 45 minutes on weekdays', ['every 30 minutes on weekdays', 'every 60 minutes on weekdays']],
    ['3/12 at 9am', ['3 december at 9am', '12 march at 9am']],
    ['on 3/12/2026 at 14:00', ['on 3 december 2026 at 14:00', 'on 12 march 2026 at 14:00']],
    ['03-12-2026 at 14:00', ['3 december 2026 at 14:00', '12 march 2026 at 14:00']],
    ['every day at half seven', ['every day at half past 7', 'every day at half past 6']],
    ['PT5M', ['every 5 minutes', 'in 5 minutes']],
    ['biweekly', ['every 2 weeks', 'every monday and thursday']],
    ['bi-weekly', ['every 2 weeks', 'every monday and thursday']],
    ['biweekly on friday at 9', ['every 2 weeks on friday at 9', 'every monday and friday at 9']],
    ['biweekly monday', ['every 2 weeks monday', 'every thursday and monday']],
    ['bimonthly', ['every 2 months', 'on the 1st and 15th of the month']],
    ['biweekly at 9am', ['every 2 weeks at 9am', 'every monday and thursday at 9am']],
    ['semiannually at 9am', ['every 6 months at 9am']],
    ['evry mnday at 4pm', ['every monday at 4pm']],
    ['daily at 9 IST', ['daily at 9 in Kolkata', 'daily at 9 in Dublin', 'daily at 9 in Jerusalem']],
    ['every 12 hours at 6', ['every day at 6:00, 18:00', 'every 12 hours at :06']],
    [
      'every 8 hours from 1 december at 6',
      ['every day at 6:00, 14:00, 22:00 from 1 december', 'every 8 hours from 1 december at :06'],
    ],
    ['run every monday at 4pm', ['every monday at 4pm']],
  ])('for "%s" keeps what was said', (phrase, suggestions) => {
    expect(suggestionsFor(phrase)).toEqual(suggestions);
  });

  // The inverse, or less than what was asked for.
  it.each([
    ['every hour except midnight to 6am', '0 0-6 * * *'],
    ['every day minus sunday at 9', '0 9 * * 0'],
    ['every day at 9am in Dune', '0 9 * 6 *'],
    ['before 11:11pm every day', '11 23 * * *'],
  ])('for "%s" never means %s', (phrase, opposite) => {
    expect(suggestionsFor(phrase).map(cronOf)).not.toContain(opposite);
  });
});
