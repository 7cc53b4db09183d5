import type { MachinePlan } from '../machine-plan.ts';
import { lengths } from '../machine-rules.ts';
import type { MachineDays, MachineRule } from '../machine-rules.ts';
import { wallTime } from '../zone-offsets.ts';

/** One dictionary of `StartCalendarInterval` (`man 5 launchd.plist`). A missing field matches everything. */
interface CalendarInterval {
  readonly Month?: number;
  readonly Day?: number;
  readonly Weekday?: number;
  readonly Hour?: number;
  readonly Minute?: number;
}

/** A dictionary holds a single minute, so lists multiply. launchd would load more dictionaries than this slowly. */
export const MOST_INTERVALS = 500;

/**
 * The most for schedules that so few would start more than once an hour too often. An interval of 7 minutes has 1440
 * slots in a week, and 1646 outside UTC, where a week touches eight days.
 */
export const MOST_DENSE_INTERVALS = 1750;

const HOURS_PER_YEAR = 24 * 365;

/** What listed dates leave for the other days of the year: ten months, and the other days of two. */
export const LEAST_RULES = 80;

export interface CalendarIntervals {
  readonly intervals: readonly CalendarInterval[];
  /** False: fields had to be omitted, or launchd cannot express the days. */
  readonly exact: boolean;
}

export function calendarIntervals(plan: MachinePlan, machineTimezone: string): CalendarIntervals {
  const dates = plan.repairs.flatMap(({ slotMs, why }): CalendarInterval[] => {
    if (why === 'second-run') return [];
    const { month, day, hour, minute } = wallTime(machineTimezone, slotMs);
    return [{ Month: month, Day: day, Hour: hour, Minute: minute }];
  });
  const rules = plan.rules.flatMap(expandDays);
  const within = (most: number): Fields[] => fit(rules, Math.max(most - dates.length, LEAST_RULES));
  const few = within(MOST_INTERVALS);
  const isTooOften = allFires(few) - allFires(rules) > HOURS_PER_YEAR;
  const allFit = rules.reduce((sum, rule) => sum + sizeOf(rule), dates.length) <= MOST_DENSE_INTERVALS;
  const fitted = isTooOften && allFit ? within(MOST_DENSE_INTERVALS) : few;
  const exact = fitted.every((rule) => rule.exact) && dates.length === 0;
  return { intervals: [...fitted.flatMap(intervalsOf), ...dates], exact };
}

/** The fields of a rule; null is omitted. Never has both Day and Weekday: launchd would join them by OR. */
interface Fields {
  readonly months: readonly number[] | null;
  readonly monthDays: readonly number[] | null;
  readonly weekdays: readonly number[] | null;
  readonly hours: readonly number[] | null;
  readonly minutes: readonly number[] | null;
  readonly exact: boolean;
}

function expandDays(rule: MachineRule): Fields[] {
  const fields = {
    months: rule.months.length === 12 ? null : rule.months,
    monthDays: null,
    weekdays: null,
    hours: rule.hours.length === 24 ? null : rule.hours,
    minutes: rule.minutes.length === 60 ? null : rule.minutes,
    exact: true,
  };
  return expand(rule.days, rule.months).map((days) => ({ ...fields, ...days }));
}

function expand(days: MachineDays, months: readonly number[]): Partial<Fields>[] {
  switch (days.kind) {
    case 'every':
      return [{}];
    case 'month-days':
      return [{ monthDays: days.days }];
    case 'weekdays':
      return [{ weekdays: days.days }];
    case 'nth-weekday':
      return [{ weekdays: [days.weekday], exact: false }];
    case 'last-day':
      return [31, 30, 28]
        .map((length) => months.filter((month) => lengths(month)[0] === length))
        .filter((same) => same.length > 0)
        .map((same) => {
          const ends = lengths(same[0] ?? 1);
          return { months: same, monthDays: ends, exact: ends.length === 1 };
        });
  }
}

const size = (values: readonly number[] | null): number => values?.length ?? 1;

function sizeOf({ months, monthDays, weekdays, hours, minutes }: Fields): number {
  return size(months) * size(monthDays) * size(weekdays) * size(hours) * size(minutes);
}

function intervalsOf({ months, monthDays, weekdays, hours, minutes }: Fields): CalendarInterval[] {
  const found: CalendarInterval[] = [];
  for (const Month of months ?? [null]) {
    for (const Day of monthDays ?? [null]) {
      for (const Weekday of weekdays ?? [null]) {
        for (const Hour of hours ?? [null]) {
          for (const Minute of minutes ?? [null]) {
            found.push({
              ...(Month === null ? {} : { Month }),
              ...(Day === null ? {} : { Day }),
              ...(Weekday === null ? {} : { Weekday }),
              ...(Hour === null ? {} : { Hour }),
              ...(Minute === null ? {} : { Minute }),
            });
          }
        }
      }
    }
  }
  return found;
}

/**
 * Fits all rules into `room` dictionaries. Small rules come first and stay unchanged; each larger one gets an equal
 * share of the rest, and drops the fields that cost the fewest extra fires.
 */
function fit(rules: readonly Fields[], room: number): Fields[] {
  const bySize = [...rules].sort((a, b) => sizeOf(a) - sizeOf(b));
  const fitted: Fields[] = [];
  let left = room;
  for (const [index, rule] of bySize.entries()) {
    const share = Math.floor(left / (bySize.length - index));
    const widened = sizeOf(rule) <= share ? rule : widen(rule, share);
    if (fitted.some((other) => sameTimes(widened, other))) continue;
    fitted.push(widened);
    left -= sizeOf(widened);
  }
  return fitted;
}

/** Drops the fields that cost the fewest extra fires until `most` dictionaries are enough. */
function widen(fields: Fields, most: number): Fields {
  const choices = subsets<keyof Fields>(['months', 'monthDays', 'weekdays', 'hours', 'minutes'])
    .map((names): Fields => ({ ...fields, ...Object.fromEntries(names.map((name) => [name, null])), exact: false }))
    .filter((choice) => sizeOf(choice) <= Math.max(most, 1));
  return choices.reduce((best, choice) => (firesPerYear(choice) < firesPerYear(best) ? choice : best));
}

const sameTimes = (a: Fields, b: Fields): boolean =>
  JSON.stringify({ ...a, exact: true }) === JSON.stringify({ ...b, exact: true });

function subsets<T>(items: readonly T[]): T[][] {
  return items.reduce<T[][]>((sets, item) => [...sets, ...sets.map((set) => [...set, item])], [[]]);
}

const allFires = (rules: readonly Fields[]): number => rules.reduce((sum, rule) => sum + firesPerYear(rule), 0);

function firesPerYear({ months, monthDays, weekdays, hours, minutes }: Fields): number {
  const days = monthDays === null ? (weekdays === null ? 30.4 : weekdays.length * 4.35) : monthDays.length;
  return (months?.length ?? 12) * days * (hours?.length ?? 24) * (minutes?.length ?? 60);
}
