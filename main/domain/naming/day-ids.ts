import { MONTH_NAMES, WEEKDAY_NAMES } from '../cron/calendar-names.ts';
import type { CronSets, DayRule, ExactDays, NthWeekday } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { isRun, ordinal } from './lists.ts';

/** The most days or months that a readable id lists. */
const MOST_LISTED = 5;

const isSet = (values: readonly number[], ...wanted: number[]): boolean => values.join() === wanted.join();
const short = (name: string | undefined): string => (name ?? '').slice(0, 3).toLowerCase();
const weekdayId = (weekday: number): string => short(WEEKDAY_NAMES[weekday]);
const monthId = (month: number): string => short(MONTH_NAMES[month - 1]);

function listed(ids: readonly string[], values: readonly number[]): string | null {
  const [first, last] = [ids[0], ids.at(-1)];
  if (first !== undefined && last !== undefined && isRun(values, 3)) return `${first}-to-${last}`;
  return ids.length > MOST_LISTED ? null : ids.join('-');
}

/** Returns the weekdays in the order of a week that starts on Monday. */
function weekdaysId(weekdays: readonly number[]): string | null {
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return listed(
    fromMonday.map(weekdayId),
    fromMonday.map((day) => (day + 6) % 7),
  );
}

const nthId = ({ weekday, nth }: NthWeekday): string => `${nth === -1 ? 'last' : ordinal(nth)}-${weekdayId(weekday)}`;

/** Returns the id of every other day of the month, from the first or the second. */
function oddOrEven(days: readonly number[]): string | null {
  const isWhole = stepOf(days, 15) === 2 && (days.at(-1) ?? 0) >= 30;
  return isWhole ? `${days[0] === 1 ? 'odd' : 'even'}-days` : null;
}

function monthDaysId({ monthDays, lastDayOfMonth }: DayRule): string | null {
  const days = monthDays ?? [];
  const ids = days.map(ordinal);
  if (lastDayOfMonth) return listed([...ids, 'last-day'], []);
  return oddOrEven(days) ?? listed(ids, days);
}

function workdayId(nth: number): string {
  if (nth > 0) return `${ordinal(nth)}-workday`;
  return nth === -1 ? 'last-workday' : `last-workday-minus-${-nth - 1}`;
}

/** Returns the id of days that cron cannot say, or null if it needs too many words. */
function exactId(exact: ExactDays): string | null {
  const ids = [
    ...exact.monthDays.map(ordinal),
    ...exact.nearest.map((day) => (day === 1 ? '1st-workday' : `workday-near-${ordinal(day)}`)),
    ...exact.workdays.map(workdayId),
    ...exact.fromEnd.map((before) => (before === 0 ? 'last-day' : `last-day-minus-${before}`)),
  ];
  const week = [...exact.weekdays.map(weekdayId), ...exact.nthWeekdays.map(nthId)];
  if (ids.length + week.length > MOST_LISTED) return null;
  const parts = [ids, week].filter((part) => part.length > 0).map((part) => part.join('-'));
  return parts.join(exact.both ? '-and-' : '-or-');
}

/** Returns the days of a week or month, without the months. `every` is the unit in which the schedule repeats. */
function daysId(days: DayRule): { readonly id: string; readonly every: 'day' | 'week' | 'month' } | null {
  const { monthDays, weekdays, nthWeekdays, exact } = days;
  const exactly = exact === undefined ? null : exactId(exact);
  if (exact !== undefined) return exactly === null ? null : { id: exactly, every: 'month' };
  if (monthDays === null && weekdays === null) return { id: 'daily', every: 'day' };
  const parts: string[] = [];
  const add = (id: string | null): boolean => id !== null && parts.push(id) > 0;
  if (monthDays !== null && !add(monthDaysId(days))) return null;
  if (weekdays !== null && weekdays.length > 0 && !add(weekdaysId(weekdays))) return null;
  if (nthWeekdays.length > MOST_LISTED) return null;
  parts.push(...nthWeekdays.map(nthId));
  const id = parts.join(weekdays === null || monthDays === null ? '-' : '-or-');
  return { id, every: monthDays === null && nthWeekdays.length === 0 ? 'week' : 'month' };
}

function weeklyId(days: DayRule, id: string): string {
  const weekdays = days.weekdays ?? [];
  if (isSet(weekdays, 1, 2, 3, 4, 5)) return 'weekdays';
  if (isSet(weekdays, 0, 6)) return 'weekends';
  return weekdays.length === 1 ? `weekly-${id}` : id;
}

/**
 * Returns the days of a schedule in a few words (`weekdays`, `monthly-1st`, `quarterly-1st`), or null if they need too
 * many.
 */
export function dayId({ days, months }: CronSets): string | null {
  const found = daysId(days);
  if (found === null) return null;
  const { id, every } = found;
  const isWholeYear = months.length === 12;
  const inMonths = isWholeYear ? null : listed(months.map(monthId), months);
  if (!isWholeYear && inMonths === null) return null;
  if (every === 'month') {
    if (inMonths === null) return `monthly-${id}`;
    if (isSet(months, 1, 4, 7, 10)) return `quarterly-${id}`;
    return months.length === 1 ? `yearly-${inMonths}-${id}` : `monthly-${id}-in-${inMonths}`;
  }
  const base = every === 'week' ? weeklyId(days, id) : id;
  return inMonths === null ? base : `${base}-in-${inMonths}`;
}
