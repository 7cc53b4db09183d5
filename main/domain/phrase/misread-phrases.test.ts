import { afterEach, describe, expect, it, vi } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from './understand-schedule.ts';

afterEach(() => vi.unstubAllEnvs());

function meaning(phrase: string, now: string, zone = 'Europe/London'): string | null {
  const { answer } = understandSchedule(phrase, { nowMs: Date.parse(now), machineTimezone: zone });
  return answer.cron ?? answer.runAt;
}

function refusal(phrase: string): { message: string; suggestions: unknown } {
  try {
    understandSchedule(phrase, { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' });
  } catch (error) {
    if (!(error instanceof SchedulerError) || error.code !== 'schedule/not-understood') throw error;
    return { message: error.message, suggestions: error.details['suggestions'] };
  }
  throw new Error(`"${phrase}" was accepted`);
}

describe('this weekday, said on that weekday', () => {
  const zones = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles', 'Australia/Sydney', 'Pacific/Kiritimati'];
  const machines = ['UTC', 'Asia/Tokyo', 'America/Los_Angeles'];

  it.each(zones.flatMap((zone) => machines.map((machine) => [zone, machine] as const)))(
    'is today until the time has passed there: %s on a machine in %s',
    (zone, machine) => {
      vi.stubEnv('TZ', machine);
      const offset = { UTC: 0, 'Asia/Tokyo': 9, 'America/Los_Angeles': -8, 'Australia/Sydney': 11 }[zone] ?? 14;
      const at = (hour: number): number => Date.UTC(2026, 10, 27, hour - offset);
      for (const hour of [0, 8, 11, 13, 16]) {
        const { answer } = understandSchedule('this friday at 5pm', { nowMs: at(hour), machineTimezone: zone });
        expect(answer.runAt, `said at ${String(hour)}`).toBe(new Date(at(17)).toISOString());
      }
      const late = understandSchedule('this friday at 5pm', { nowMs: at(18), machineTimezone: zone });
      expect(late.answer.runAt).toBe(new Date(at(17 + 7 * 24)).toISOString());
      expect(late.answer.warnings).toEqual(['Today is Friday, and 17:00 has passed: read as Friday of next week.']);
    },
  );
});

describe('another word for this weekday', () => {
  it.each([
    ['coming friday at 5pm', '2026-11-27T08:00:00.000Z'],
    ['this coming friday at 5pm', '2026-11-27T08:00:00.000Z'],
    ['next friday at 5pm', '2026-12-04T08:00:00.000Z'],
    ['next saturday at 5pm', '2026-12-05T08:00:00.000Z'],
  ])('%s is counted from the day in the zone, which is not that of the machine', (phrase, at) => {
    vi.stubEnv('TZ', 'America/Los_Angeles');
    // Friday, 9:30 in Tokyo; Thursday in Los Angeles.
    expect(meaning(phrase, '2026-11-27T00:30:00Z', 'Asia/Tokyo')).toBe(at);
  });
});

describe('a night', () => {
  it.each([
    ['tonight at midnight', '2026-11-25T10:00:00Z', '2026-11-26T00:00:00.000Z'],
    ['tonight at 12', '2026-11-25T10:00:00Z', '2026-11-26T00:00:00.000Z'],
    ['today at midnight', '2026-11-25T10:00:00Z', '2026-11-26T00:00:00.000Z'],
    ['tonight at 1', '2026-11-25T22:30:00Z', '2026-11-26T01:00:00.000Z'],
    ['tonight at 1', '2026-11-26T00:30:00Z', '2026-11-26T01:00:00.000Z'],
    ['tonight at 9', '2026-11-25T10:00:00Z', '2026-11-25T21:00:00.000Z'],
    ['tomorrow night at 1', '2026-11-25T22:30:00Z', '2026-11-27T01:00:00.000Z'],
    ['tomorrow night at midnight', '2026-11-25T22:30:00Z', '2026-11-27T00:00:00.000Z'],
    ['tomorrow night at 10', '2026-11-25T22:30:00Z', '2026-11-26T22:00:00.000Z'],
    ['this friday night at 1', '2026-11-25T22:30:00Z', '2026-11-28T01:00:00.000Z'],
    ['this friday night at 1', '2026-11-27T23:30:00Z', '2026-11-28T01:00:00.000Z'],
  ])('%s, said at %s, is at %s', (phrase, now, at) => {
    expect(meaning(phrase, now)).toBe(at);
  });

  it.each([
    ['tomorrow night at 1', 'This hour of the night is after midnight, so the run is on the next day.'],
    ['tomorrow at midnight', 'That day begins at this midnight. For the midnight at its end, name the next day.'],
  ])('%s says which day it means', (phrase, warning) => {
    const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'UTC' };
    expect(understandSchedule(phrase, context).answer.warnings).toContain(warning);
  });
});

describe('what could be read as something else is refused, with what was probably meant', () => {
  it.each([
    // An ordinal is not a count.
    ['every 1st week on monday at 9', 'every week on monday at 9'],
    ['every 1st day at 9am', 'every day at 9am'],
    ['every first month on the 1st', 'every month on the 1st'],
    ['every first hour', 'every hour'],
    ['at 1:15 am on tues, thur every 1st week', 'at 1:15 am on tues, thur every week'],
    // Both parts count.
    ['every day sunday at 9', 'every sunday at 9'],
    ['daily on monday at 9', 'every monday at 9'],
    ['every day except mondays in june at 9', 'every day in june except mondays at 9'],
    ['first weekend of the month at 10', 'first saturday of the month at 10'],
  ])('%s: "%s"', (phrase, suggestion) => {
    expect(refusal(phrase).suggestions).toHaveProperty([0], suggestion);
  });

  it.each([
    ['24/7 every minute', '* * * * *'],
    ['every 5 minutes, 24/7', '*/5 * * * *'],
    ['hourly 24/7', '0 * * * *'],
  ])('%s: 24/7 is no date beside an interval', (phrase, cron) => {
    expect(meaning(phrase, '2026-11-25T10:00:00Z')).toBe(cron);
  });

  it('reads 24/7 as a date beside a time', () => {
    expect(meaning('24/7 at 9:00', '2026-11-25T10:00:00Z')).toBe('2027-07-24T08:00:00.000Z');
  });

  it.each([
    ['Thu 3 Dec, 14:00', '2026-12-03T14:00:00.000Z'],
    ['Sat 28 Nov 09:00', '2026-11-28T09:00:00.000Z'],
    ['Thursday, December 3 at 2pm', '2026-12-03T14:00:00.000Z'],
  ])('%s is one date', (phrase, at) => {
    expect(meaning(phrase, '2026-11-25T10:00:00Z')).toBe(at);
  });

  it('refuses a weekday that the date is not', () => {
    expect(refusal('Fri 3 Dec 14:00').message).toContain('3 December 2026 is a Thursday.');
  });

  it('drops no word of "quarterly in february"', () => {
    expect(refusal('quarterly in february at 9').message).toContain('both months and every quarter');
  });

  it.each([
    ['every day at 9am from Monday', '0 9 * * *', '2026-11-30'],
    ['every hour from Monday', '0 * * * *', '2026-11-30'],
    ['every day at 9am from January', '0 9 * * *', '2027-01-01'],
    ['every weekday from March at 8am', '0 8 * * 1-5', '2027-03-01'],
    ['every 15 minutes between 9 and 17 from monday', '0 9-17 * * *; 15,30,45 9-16 * * *', '2026-11-30'],
  ])('%s: a start is not a restriction', (phrase, cron, start) => {
    const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'UTC' };
    const { answer } = understandSchedule(phrase, context);
    const lines = answer.scheduleRule?.crons?.join('; ') ?? answer.cron;
    expect([lines, answer.startDate?.slice(0, 10)]).toEqual([cron, start]);
  });

  it.each([
    ['every day from monday to friday at 9am', '0 9 * * 1-5'],
    ['from march to june at 9am on mondays', '0 9 * 3-6 1'],
    ['every day but sunday at 9', '0 9 * * 1-6'],
    ['every 2nd hour', '0 */2 * * *'],
    ['every 1st of the month at 9', '0 9 1 * *'],
    ['every weekend at 10', '0 10 * * 0,6'],
  ])('%s is still read', (phrase, cron) => {
    expect(meaning(phrase, '2026-11-25T10:00:00Z')).toBe(cron);
  });
});
