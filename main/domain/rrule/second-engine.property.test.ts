import fc from 'fast-check';
import { DateTime, IANAZone } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { expect, it } from 'vitest';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { dayMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import { combinedSpec } from '../timing/combined-spec.ts';
import { intervalSpec } from '../timing/interval-spec.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { nextSlots } from '../timing/slots.ts';
import { offsetAt } from '../timing/wall-clock.ts';
import { readRrule } from './read-rrule.ts';
import { writeRrule } from './write-rrule.ts';

const COUNT = 4;
/** Clock changes of half an hour, of two hours, twice around Ramadan, of a whole date, of an hour, and none. */
const zones = fc.constantFrom(
  ...['Australia/Lord_Howe', 'Antarctica/Troll', 'Pacific/Kiritimati', 'Africa/Casablanca', 'Pacific/Apia'],
  ...['America/New_York', 'Europe/Dublin', 'UTC'],
);
/** Days before clock changes of these zones, leap days, ends of years, and Samoa without 30 December 2011. */
const starts = fc
  .tuple(
    fc.constantFrom(
      ...[
        '2026-03-05',
        '2026-03-26',
        '2026-04-02',
        '2026-10-01',
        '2026-10-22',
        '2026-10-29',
        '2026-02-12',
        '2026-03-19',
      ],
      ...['2011-12-26', '2028-02-26', '2026-12-29', '2027-01-28'],
    ),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([date, days]) => new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10));

/** Days in both languages: the parts of a rule, and the day, month and weekday fields of cron. */
interface Days {
  readonly rule: string;
  readonly fields: string;
}

const codes = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'];
const some = (min: number, max: number, most: number): fc.Arbitrary<number[]> =>
  fc.uniqueArray(fc.integer({ min, max }), { minLength: 1, maxLength: most }).map((all) => all.sort((a, b) => a - b));
const byDay = (weekdays: readonly number[]): string => `BYDAY=${weekdays.map((day) => codes[day]).join()}`;

const everyDay = fc.constant<Days>({ rule: '', fields: '* * *' });
const weekdays = some(0, 6, 3).map((days): Days => ({ rule: byDay(days), fields: `* * ${days.join()}` }));
const inMonths = fc.tuple(some(0, 6, 2), some(1, 12, 6)).map(([days, months]): Days => ({
  rule: `${byDay(days)};BYMONTH=${months.join()}`,
  fields: `* ${months.join()} ${days.join()}`,
}));
const dates = some(1, 31, 3).map((days): Days => ({ rule: `BYMONTHDAY=${days.join()}`, fields: `${days.join()} * *` }));
const fromEnd = fc
  .integer({ min: 1, max: 20 })
  .map((day): Days => ({ rule: `BYMONTHDAY=-${day}`, fields: `${day === 1 ? 'L' : `L-${day - 1}`} * *` }));
const nthWeekday = fc
  .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom(1, 2, 3, 4, 5, -1))
  .map(([day, nth]): Days => ({
    rule: `BYDAY=${nth}${codes[day]}`,
    fields: `* * ${day}${nth === -1 ? 'L' : `#${nth}`}`,
  }));
const workday = fc.constantFrom(...[1, 2, 5, 10, 18, 20, -1, -2, -4]).map((nth): Days => ({
  rule: `BYDAY=MO,TU,WE,TH,FR;BYSETPOS=${nth}`,
  fields: `${nth > 0 ? `${nth}WD` : nth === -1 ? 'LW' : `LW-${-nth - 1}`} * *`,
}));
const bothMatch = fc.tuple(some(1, 31, 6), some(0, 6, 4)).map(([days, week]): Days => ({
  rule: `BYMONTHDAY=${days.join()};${byDay(week)}`,
  fields: `${days.join()} * +${week.join()}`,
}));

const daysOf = {
  day: fc.oneof(everyDay, weekdays, inMonths),
  week: fc.oneof(weekdays, inMonths),
  month: fc.oneof(dates, fromEnd, nthWeekday, workday, bothMatch),
};
const frequencies = { day: 'DAILY', week: 'WEEKLY', month: 'MONTHLY' };

const sortedUnique = (slots: readonly number[]): number[] => [...new Set(slots)].sort((a, b) => a - b);
const iso = (slots: readonly number[]): string[] => slots.map((slot) => new Date(slot).toISOString());

/** The library counts the days that Samoa had in December 2011, this app all days of the month: 30 December is a Friday of it. */
const countsDays = /BYSETPOS/;

/** Searching further takes the library seconds for a day that never comes. */
const yearsOf = { day: 1, week: 2, month: 5 };

/**
 * Returns the first slots of a rule from DTSTART on; null if the library has another offset than Intl at one of them. It misses
 * that Morocco changes its clocks twice around Ramadan (2.2.8: 2032-01-01 in Africa/Casablanca).
 */
function fromLibrary(start: string, rule: string): number[] | null {
  const slots: number[] = [];
  let isWrong = false;
  new RRuleTemporal({ rruleString: `${start}\nRRULE:${rule}` }).all((at) => {
    isWrong ||= IANAZone.create(at.timeZoneId).offset(at.epochMilliseconds) * 60_000_000_000 !== at.offsetNanoseconds;
    slots.push(at.epochMilliseconds);
    return slots.length < COUNT;
  });
  return isWrong ? null : slots;
}

/**
 * Returns whether clocks show this time. What a clock change skips, this app moves forward, and RFC 5545 leaves out (3.3.10):
 * such slots are not compared.
 */
function isAt(slot: number, hour: number, minute: number, zone: string): boolean {
  const wall = new Date(slot + offsetAt(zone, slot));
  return wall.getUTCHours() === hour && wall.getUTCMinutes() === minute;
}

/** Returns the schedule, or null where it never fires. */
function specOf(make: () => ScheduleSpec): ScheduleSpec | null {
  try {
    return make();
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'schedule/never-fires') return null;
    throw error;
  }
}

function fromRule(text: string, zone: string): ScheduleSpec | null {
  try {
    return readRrule(text, zone).spec;
  } catch (error) {
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

const phased = fc.constantFrom('day' as const, 'week' as const, 'month' as const).chain((unit) =>
  fc.record({
    unit: fc.constant(unit),
    count: fc.constantFrom(1, 1, 2, 3, 4, 5, 7, 14),
    parts: fc.array(daysOf[unit], { minLength: 1, maxLength: 3 }),
    // A time of day that clock changes skip or repeat comes far more often than by chance.
    hour: fc.oneof(fc.constantFrom(0, 1, 2, 3), fc.integer({ min: 0, max: 23 })),
    minute: fc.constantFrom(0, 15, 30, 59),
    zone: zones,
    from: starts,
  }),
);

it(
  'every nth period, unions and rules are what rrule-temporal computes',
  { timeout: PROPERTY_TIMEOUT_MS },
  async () => {
    const counts = { slots: 0, read: 0, written: 0, cases: 0 };
    await checkProperty(
      'slots against rrule-temporal',
      // With the intervals below, the days that cron cannot say and the entries of OS schedulers: 2,000 schedules of these kinds.
      600,
      fc.property(phased, ({ unit, count, parts, hour, minute, zone, from }) => {
        const phase = count === 1 ? null : { count, unit, from };
        const lines = parts.map(({ fields }) => `${minute} ${hour} ${fields}`);
        const spec = specOf(() => combinedSpec(lines.map(parseCron), phase, zone));
        // A rule cannot begin on the date that Samoa left out.
        if (spec === null || (zone === 'Pacific/Apia' && from === '2011-12-30')) return;
        if (zone === 'Pacific/Apia' && from < '2012' && parts.some(({ rule }) => countsDays.test(rule))) return;
        const start = `DTSTART;TZID=${zone}:${from.replaceAll('-', '')}T000000`;
        const untilMs = Date.UTC(Number(from.slice(0, 4)) + yearsOf[unit], 0, 1);
        const until = `UNTIL=${new Date(untilMs).getUTCFullYear()}0101T000000Z`;
        const rules = parts.map(({ rule }) =>
          [`FREQ=${frequencies[unit]};INTERVAL=${count}`, rule, `BYHOUR=${hour};BYMINUTE=${minute}`, until]
            .filter((part) => part !== '')
            .join(';'),
        );
        const each = rules.map((rule) => fromLibrary(start, rule));
        if (each.includes(null)) return;
        const all = sortedUnique(each.flatMap((slots) => slots ?? [])).slice(0, COUNT);
        const theirs = all.filter((slot) => isAt(slot, hour, minute, zone));
        const what = `${lines.join('; ')} every ${count} ${unit} from ${from} in ${zone}`;
        // The phase goes on before its date; a rule begins at DTSTART, which is the midnight of that date.
        const beforeMs = DateTime.fromISO(from, { zone }).toMillis() - 1;
        const slotsOf = (each: ScheduleSpec): string[] =>
          iso(
            nextSlots(each, beforeMs, COUNT + 2)
              .filter((slot) => slot <= untilMs && isAt(slot, hour, minute, zone))
              .slice(0, all.length === theirs.length ? COUNT : theirs.length),
          );
        expect(slotsOf(spec), what).toEqual(iso(theirs));
        counts.cases += 1;
        counts.slots += theirs.length;
        if (rules.length > 1) return;
        const read = fromRule(`${start}\nRRULE:${rules[0]}`, zone);
        if (read !== null) {
          expect(slotsOf(read), `read: ${what}`).toEqual(iso(theirs));
          counts.read += 1;
        }
        const written = writeRrule(spec, beforeMs, { startMs: null, endMs: untilMs });
        if (written === null) return;
        const [dtstart = '', text = ''] = written.split('\nRRULE:');
        const again = fromLibrary(dtstart, text) ?? [];
        expect(iso(again.filter((slot) => isAt(slot, hour, minute, zone))), `written: ${what}`).toEqual(iso(theirs));
        counts.written += 1;
      }),
    );
    console.log(`against rrule-temporal: ${JSON.stringify(counts)}`);
    expect(Math.min(counts.read, counts.written)).toBeGreaterThan(50);
  },
);

it('intervals of real time are what rrule-temporal computes', { timeout: PROPERTY_TIMEOUT_MS }, () =>
  checkProperty(
    'intervals against rrule-temporal',
    400,
    fc.property(fc.integer({ min: 1, max: 3000 }), zones, starts, (minutes, zone, from) => {
      const fromMs = Date.parse(from);
      const start = `DTSTART:${from.replaceAll('-', '')}T000000Z`;
      const theirs = fromLibrary(start, `FREQ=MINUTELY;INTERVAL=${minutes}`) ?? [];
      expect(iso(nextSlots(intervalSpec(minutes, fromMs, zone), fromMs - 1, COUNT))).toEqual(iso(theirs));
    }),
  ),
);
