import { Cron } from 'croner';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { expect, it } from 'vitest';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../testing/property-runs.ts';
import { cronSpec } from './cron-spec.ts';
import { nextSlots } from './slots.ts';

const zones = [
  'UTC',
  'Australia/Lord_Howe',
  'Antarctica/Troll',
  'Pacific/Kiritimati',
  'Africa/Casablanca',
  'Pacific/Apia',
];
const COUNT = 4;
const DAY_MS = 86_400_000;

/** A date of the calendar, and the weekdays of its month: `weekdays[0]` is that of the 1st, Monday is 1 and Sunday 0. */
interface CalendarDay {
  readonly day: number;
  readonly weekdays: readonly number[];
}

interface DayText {
  /** Day of the month and weekday, as cron fields. */
  readonly fields: readonly [string, string];
  /** Our own, slow reading of the same words. */
  readonly isDay: (date: CalendarDay) => boolean;
  readonly knownToCroner: boolean;
}

const workdaysOf = ({ weekdays }: CalendarDay): number[] =>
  weekdays.flatMap((weekday, index) => (weekday === 0 || weekday === 6 ? [] : [index + 1]));

function nearestTo(near: number, date: CalendarDay): number | undefined {
  if (near > date.weekdays.length) return undefined;
  const distance = (day: number): number => Math.abs(day - near);
  return workdaysOf(date).sort((a, b) => distance(a) - distance(b))[0];
}

const day = fc.integer({ min: 1, max: 31 });
const weekday = fc.integer({ min: 0, max: 6 });

const dayTexts: fc.Arbitrary<DayText> = fc.oneof(
  day.map((near) => ({
    fields: [`${near}W`, '*'] as const,
    isDay: (date: CalendarDay) => nearestTo(near, date) === date.day,
    knownToCroner: true,
  })),
  fc.constant({
    fields: ['LW', '*'] as const,
    isDay: (date: CalendarDay) => workdaysOf(date).at(-1) === date.day,
    knownToCroner: true,
  }),
  fc.integer({ min: 1, max: 22 }).map((nth) => ({
    fields: [`${nth}WD`, '*'] as const,
    isDay: (date: CalendarDay) => workdaysOf(date)[nth - 1] === date.day,
    knownToCroner: false,
  })),
  fc.integer({ min: 1, max: 15 }).map((before) => ({
    fields: [`LW-${before}`, '*'] as const,
    isDay: (date: CalendarDay) => workdaysOf(date).at(-before - 1) === date.day,
    knownToCroner: false,
  })),
  fc.integer({ min: 1, max: 27 }).map((before) => ({
    fields: [`L-${before}`, '*'] as const,
    isDay: (date: CalendarDay) => date.day + before === date.weekdays.length,
    knownToCroner: false,
  })),
  fc
    .tuple(fc.uniqueArray(day, { minLength: 1, maxLength: 4 }), fc.uniqueArray(weekday, { minLength: 1, maxLength: 3 }))
    .map(([days, weekdays]) => ({
      fields: [days.join(), `+${weekdays.join()}`] as const,
      isDay: (date: CalendarDay) => days.includes(date.day) && weekdays.includes(date.weekdays[date.day - 1] ?? -1),
      knownToCroner: true,
    })),
);

/** Samoa left out 30 December 2011. */
const bases = fc
  .tuple(
    fc.constantFrom('2011-12-01', '2026-01-30', '2027-12-25', '2028-02-20', '2032-06-01'),
    fc.integer({ min: 0, max: 60 }),
  )
  .map(([date, days]) => Date.parse(date) + days * 86_400_000);

function calendarDay(ms: number): CalendarDay {
  const date = new Date(ms);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  const length = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
  const weekdays = Array.from({ length }, (_, index) => new Date(Date.UTC(year, month, index + 1)).getUTCDay());
  return { day: date.getUTCDate(), weekdays };
}

function slowSlots({ isDay }: DayText, zone: string, fromMs: number): number[] {
  const slots: number[] = [];
  for (let ms = Math.floor(fromMs / DAY_MS - 2) * DAY_MS; slots.length < COUNT; ms += DAY_MS) {
    if (!isDay(calendarDay(ms))) continue;
    const date = new Date(ms);
    const [year, month, of] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
    const slot = DateTime.fromObject({ year, month, day: of, hour: 12, minute: 7 }, { zone });
    // A date that the zone left out.
    if (slot.day === of && slot.toMillis() > fromMs) slots.push(slot.toMillis());
  }
  return slots;
}

it('agrees with croner and with a slow reading of the calendar', { timeout: PROPERTY_TIMEOUT_MS }, () =>
  checkProperty(
    'days that cron cannot say',
    900,
    fc.property(dayTexts, fc.constantFrom(...zones), bases, (days, zone, fromMs) => {
      const text = `7 12 ${days.fields[0]} * ${days.fields[1]}`;
      const iso = (slots: readonly number[]): string[] => slots.map((slot) => new Date(slot).toISOString());
      const found = iso(nextSlots(cronSpec(text, zone), fromMs, COUNT));
      expect(found, text).toEqual(iso(slowSlots(days, zone, fromMs)));
      // croner moves what falls on the date that Samoa left out.
      if (!days.knownToCroner || (zone === 'Pacific/Apia' && fromMs < Date.UTC(2012, 0, 1))) return;
      const runs = new Cron(text, { timezone: zone }).nextRuns(COUNT, new Date(fromMs));
      expect(found, `croner: ${text} in ${zone}`).toEqual(runs.map((run) => run.toISOString()));
    }),
  ),
);
