import type { CronSets } from '../../domain/cron/cron-sets.ts';
import { sortedUnique } from './number-runs.ts';
import type { WallTime } from './zone-offsets.ts';

/** The days of a rule in the machine's calendar. */
export type MachineDays =
  | { readonly kind: 'every' }
  | { readonly kind: 'month-days'; readonly days: readonly number[] }
  | { readonly kind: 'last-day' }
  | { readonly kind: 'weekdays'; readonly days: readonly number[] }
  | { readonly kind: 'nth-weekday'; readonly weekday: number; readonly nth: number };

/** Fires at every minute of `minutes` in every hour of `hours` on these days; all its fields must match. */
export interface MachineRule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly days: MachineDays;
}

type DatedDays = Pick<MachineRule, 'months' | 'days'>;

interface ShiftedDays {
  readonly parts: readonly DatedDays[];
  readonly exact: boolean;
}

const ALL_MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);
const DAY_MINUTES = 1440;

/**
 * Returns the schedule's sets moved by `shift` minutes, from the group's zone into the machine's. Exact if the calendar
 * allows it; otherwise the smallest set of rules that misses no date, because a weekday in chosen months, or the nth
 * one, can move into a neighbouring month.
 */
export function shiftedRules(sets: CronSets, shift: number): { rules: MachineRule[]; exact: boolean } {
  const times = new Map<number, number[]>();
  for (const hour of sets.hours) {
    for (const minute of sets.minutes) {
      const moved = hour * 60 + minute + shift;
      const dayShift = Math.floor(moved / DAY_MINUTES);
      times.set(dayShift, [...(times.get(dayShift) ?? []), moved - dayShift * DAY_MINUTES]);
    }
  }
  const rules: MachineRule[] = [];
  let exact = true;
  for (const [dayShift, timesOfDay] of times) {
    const days = shiftDays(sets, dayShift);
    exact &&= days.exact;
    for (const part of days.parts) for (const time of rectangles(timesOfDay)) rules.push({ ...time, ...part });
  }
  return { rules, exact };
}

/** Returns times of day as few products of minutes and hours. */
function rectangles(timesOfDay: readonly number[]): { minutes: number[]; hours: number[] }[] {
  const hoursOfMinute = new Map<number, number[]>();
  for (const time of sortedUnique(timesOfDay)) {
    const minute = time % 60;
    hoursOfMinute.set(minute, [...(hoursOfMinute.get(minute) ?? []), Math.floor(time / 60)]);
  }
  const minutesOfHours = new Map<string, { minutes: number[]; hours: number[] }>();
  for (const [minute, hours] of [...hoursOfMinute].sort(([a], [b]) => a - b)) {
    const key = hours.join(',');
    const same = minutesOfHours.get(key);
    if (same === undefined) minutesOfHours.set(key, { minutes: [minute], hours });
    else same.minutes.push(minute);
  }
  return [...minutesOfHours.values()];
}

function shiftDays(sets: CronSets, dayShift: number): ShiftedDays {
  const parts = dayParts(sets);
  if (dayShift === 0) return { parts, exact: true };
  const shifted = parts.map((part) => shiftPart(part, dayShift > 0));
  return { parts: shifted.flatMap((part) => part.parts), exact: shifted.every((part) => part.exact) };
}

function dayParts({ days, months }: CronSets): DatedDays[] {
  if (days.monthDays === null && days.weekdays === null) return [{ months, days: { kind: 'every' } }];
  const listed = days.monthDays ?? [];
  const weekdays = days.weekdays ?? [];
  return [
    ...(listed.length > 0 ? [{ months, days: { kind: 'month-days', days: listed } } as const] : []),
    ...(days.lastDayOfMonth ? [{ months, days: { kind: 'last-day' } } as const] : []),
    ...(weekdays.length > 0 ? [{ months, days: { kind: 'weekdays', days: weekdays } } as const] : []),
    ...days.nthWeekdays.map((nth) => ({ months, days: { kind: 'nth-weekday', ...nth } }) as const),
  ];
}

function shiftPart({ months, days }: DatedDays, forward: boolean): ShiftedDays {
  const step = forward ? 1 : 6;
  switch (days.kind) {
    case 'every':
      return { parts: [{ months, days }, ...edges(months, forward)], exact: months.length === 12 };
    case 'weekdays': {
      const moved = sortedUnique(days.days.map((day) => (day + step) % 7));
      const parts = [{ months, days: { kind: 'weekdays', days: moved } } as const, ...edges(months, forward)];
      return { parts, exact: months.length === 12 };
    }
    case 'nth-weekday': {
      const moved = [(days.weekday + step) % 7];
      return { parts: [{ months, days: { kind: 'weekdays', days: moved } }, ...edges(months, forward)], exact: false };
    }
    case 'month-days':
      return datesOf(months.flatMap((month) => days.days.flatMap((day) => neighbours(month, day, forward))));
    case 'last-day':
      return forward
        ? { parts: [{ months: monthsAfter(months), days: { kind: 'month-days', days: [1] } }], exact: true }
        : datesOf(
            months.flatMap((month) =>
              lengths(month).map((length) => ({ month, day: length - 1, sure: length !== 28 && length !== 29 })),
            ),
          );
  }
}

/** Returns the one day by which a whole month reaches into its neighbour. */
function edges(months: readonly number[], forward: boolean): DatedDays[] {
  const outside = (forward ? monthsAfter(months) : monthsBefore(months)).filter((month) => !months.includes(month));
  if (outside.length === 0) return [];
  return [{ months: outside, days: forward ? { kind: 'month-days', days: [1] } : { kind: 'last-day' } }];
}

interface MonthDay {
  readonly month: number;
  readonly day: number;
  /** False: the date is only correct in some years. */
  readonly sure: boolean;
}

/** Returns the date after or before a date; at the end of February, one for common and one for leap years. */
function neighbours(month: number, day: number, forward: boolean): MonthDay[] {
  const [shortest = 31, longest = shortest] = lengths(month);
  if (day > longest) return [];
  if (forward) {
    const inMonth = day < longest ? [{ month, day: day + 1, sure: day < shortest }] : [];
    const nextMonth = day >= shortest ? [{ month: nextMonthOf(month), day: 1, sure: shortest === longest }] : [];
    return [...inMonth, ...nextMonth];
  }
  if (day > 1) return [{ month, day: day - 1, sure: day <= shortest }];
  const previous = previousMonthOf(month);
  const ends = lengths(previous);
  return ends.map((end) => ({ month: previous, day: end, sure: ends.length === 1 }));
}

function datesOf(dates: readonly MonthDay[]): ShiftedDays {
  const monthsOfDays = new Map<string, { months: number[]; days: number[] }>();
  for (const month of ALL_MONTHS) {
    const days = sortedUnique(dates.filter((date) => date.month === month).map((date) => date.day));
    if (days.length === 0) continue;
    const same = monthsOfDays.get(days.join(','));
    if (same === undefined) monthsOfDays.set(days.join(','), { months: [month], days });
    else same.months.push(month);
  }
  const parts = [...monthsOfDays.values()].map(({ months, days }): DatedDays => ({
    months,
    days: { kind: 'month-days', days },
  }));
  return { parts, exact: dates.every((date) => date.sure) };
}

/** Returns the lengths a month can have: 28 and 29 for February. */
export function lengths(month: number): number[] {
  if (month === 2) return [28, 29];
  return [[4, 6, 9, 11].includes(month) ? 30 : 31];
}

const nextMonthOf = (month: number): number => (month % 12) + 1;
const previousMonthOf = (month: number): number => ((month + 10) % 12) + 1;
const monthsAfter = (months: readonly number[]): number[] => sortedUnique(months.map(nextMonthOf));
const monthsBefore = (months: readonly number[]): number[] => sortedUnique(months.map(previousMonthOf));

export function ruleMatches(rule: MachineRule, wall: WallTime): boolean {
  return (
    rule.minutes.includes(wall.minute) &&
    rule.hours.includes(wall.hour) &&
    rule.months.includes(wall.month) &&
    daysMatch(rule.days, wall)
  );
}

function daysMatch(days: MachineDays, { year, month, day, weekday }: WallTime): boolean {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  switch (days.kind) {
    case 'every':
      return true;
    case 'month-days':
      return days.days.includes(day);
    case 'last-day':
      return day === last;
    case 'weekdays':
      return days.days.includes(weekday);
    case 'nth-weekday':
      return weekday === days.weekday && (days.nth === -1 ? day > last - 7 : Math.ceil(day / 7) === days.nth);
  }
}
