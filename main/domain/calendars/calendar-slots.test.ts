import { describe, expect, it } from 'vitest';
import { cronSpec } from '../timing/cron-spec.ts';
import { slotsBetween } from '../timing/slots.ts';
import { calendarSlots } from './calendar-slots.ts';
import { dayOffDetail } from './day-off.ts';
import type { CalendarRule, DayCalendar } from './day-off.ts';

const weekends: DayCalendar = { name: 'weekends', dayOn: (_date, weekday) => (weekday % 6 === 0 ? 'weekend' : null) };
const listed = (name: string, days: Readonly<Record<string, string>>): DayCalendar => ({
  name,
  dayOn: (date) => days[date] ?? null,
});
const germany = listed('Germany', {
  '2026-12-25': 'Christmas Day',
  '2026-12-26': 'Boxing Day',
  '2027-01-01': "New Year's Day",
});
const ruleOf = (more: Partial<CalendarRule>): CalendarRule => ({
  ...{ skipOn: [weekends, germany], onlyOn: [], dayOff: 'skip', timezone: 'UTC' },
  ...more,
});

/** Returns `25 09:00 reason` for each slot in December 2026 and January 2027, from the 24th to the 4th. */
function story(cron: string, rule: CalendarRule): string[] {
  const spec = cronSpec(cron, rule.timezone);
  const between = (after: number, until: number) => slotsBetween(spec, after, until, 10_000);
  const slots = calendarSlots(rule, between, Date.UTC(2026, 11, 24), Date.UTC(2027, 0, 5));
  return slots.map(
    (ms) => `${new Date(ms).toISOString().slice(8, 16).replace('T', ' ')} ${dayOffDetail(rule, ms) ?? 'runs'}`,
  );
}

describe('slots on days that calendars leave out', () => {
  it('are skipped, with the calendar and the name of the day', () => {
    expect(story('0 9 * * 5', ruleOf({}))).toEqual([
      '25 09:00 Germany, Christmas Day',
      "01 09:00 Germany, New Year's Day",
    ]);
  });

  it('move to the next day that is not left out', () => {
    expect(story('0 9 * * 5', ruleOf({ dayOff: 'next' }))).toEqual([
      '25 09:00 Germany, Christmas Day; moved to 2026-12-28',
      '28 09:00 runs',
      "01 09:00 Germany, New Year's Day; moved to 2027-01-04",
      '04 09:00 runs',
    ]);
  });

  it('move to the previous day that is not left out, which is a slot before its time', () => {
    expect(story('0 9 * * 5', ruleOf({ dayOff: 'previous' }))).toEqual([
      '24 09:00 runs',
      '25 09:00 Germany, Christmas Day; moved to 2026-12-24',
      '31 09:00 runs',
      "01 09:00 Germany, New Year's Day; moved to 2026-12-31",
    ]);
  });

  it('that move to the time of another slot are one slot', () => {
    const runs = story('0 9 * * *', ruleOf({ dayOff: 'next' })).filter((line) => line.endsWith('runs'));
    expect(runs).toEqual(['24', '28', '29', '30', '31', '04'].map((day) => `${day} 09:00 runs`));
  });

  it('are all but those of the calendars on which alone it runs', () => {
    const work = listed('Work', { '2026-12-28': '', '2026-12-30': '' });
    const rule = ruleOf({ skipOn: [], onlyOn: [work] });
    expect(story('0 9 28-30 12 *', rule)).toEqual(['28 09:00 runs', '29 09:00 not a day of Work', '30 09:00 runs']);
  });

  it('fall on the day of the zone of the task', () => {
    const rule = ruleOf({ skipOn: [germany], timezone: 'Asia/Tokyo' });
    // 08:00 in Tokyo on the 25th is 23:00 UTC on the 24th.
    expect(story('0 8 25 12 *', rule)).toEqual(['24 23:00 Germany, Christmas Day']);
  });

  it('keep their time of day across a clock change', () => {
    const closed = listed('Closed', { '2026-10-24': '' });
    const rule = ruleOf({ skipOn: [closed], dayOff: 'next', timezone: 'Europe/Berlin' });
    const spec = cronSpec('0 9 24 10 *', 'Europe/Berlin');
    const between = (after: number, until: number) => slotsBetween(spec, after, until, 100);
    const slots = calendarSlots(rule, between, Date.UTC(2026, 9, 24, 12), Date.UTC(2026, 9, 26));
    expect(slots.map((ms) => new Date(ms).toISOString())).toEqual(['2026-10-25T08:00:00.000Z']);
  });

  it('do not move if every day is left out', () => {
    const always: DayCalendar = { name: 'Always', dayOn: () => '' };
    expect(story('0 9 25 12 *', ruleOf({ skipOn: [always], dayOff: 'next' }))).toEqual([
      '25 09:00 Always; no day that is not left out within 31 days',
    ]);
  });
});
