import type { DayRule, ExactDays, NthWeekday } from './cron-sets.ts';

export const noExactDays: ExactDays = {
  monthDays: [],
  fromEnd: [],
  nearest: [],
  workdays: [],
  weekdays: [],
  nthWeekdays: [],
  both: false,
};

/** Returns a rule for days that only `exact` says. `cronOf` puts the narrowest rule around them. */
export const exactRule = (exact: Partial<ExactDays>): DayRule => ({
  monthDays: null,
  lastDayOfMonth: false,
  weekdays: null,
  nthWeekdays: [],
  exact: { ...noExactDays, ...exact },
});

/** Returns a rule of cron as exact days. */
export const exactOf = ({ monthDays, lastDayOfMonth, weekdays, nthWeekdays, exact }: DayRule): ExactDays =>
  exact ?? {
    ...noExactDays,
    monthDays: monthDays ?? [],
    fromEnd: lastDayOfMonth ? [0] : [],
    weekdays: weekdays ?? [],
    nthWeekdays,
  };

const isWorkday = (weekday: number): boolean => weekday >= 1 && weekday <= 5;
const weekdayAfter = (weekday: number, days: number): number => (((weekday + days) % 7) + 7) % 7;

/** Returns the working day nearest to a day with this weekday. A month's first and last day move inwards. */
export function nearestWorkday(day: number, weekday: number, length: number): number {
  if (weekday === 6) return day === 1 ? 3 : day - 1;
  if (weekday === 0) return day === length ? day - 2 : day + 1;
  return day;
}

/** Returns how many working days there are in the `count` days that end with a day of this weekday. */
function workdaysUpTo(count: number, weekday: number): number {
  let found = Math.floor(count / 7) * 5;
  for (let back = 0; back < count % 7; back += 1) if (isWorkday(weekdayAfter(weekday, -back))) found += 1;
  return found;
}

/** Returns whether this is the nth working day of a month of `length` days, from its end if `nth` is negative. */
export function isNthWorkday(nth: number, day: number, weekday: number, length: number): boolean {
  if (!isWorkday(weekday)) return false;
  if (nth > 0) return workdaysUpTo(day, weekday) === nth;
  const left = length - day + 1;
  return workdaysUpTo(left, weekdayAfter(weekday, left - 1)) === -nth;
}

const isNthWeekday = ({ weekday, nth }: NthWeekday, day: number, of: number, length: number): boolean =>
  weekday === of && (nth === -1 ? day + 7 > length : nth === Math.ceil(day / 7));

/** Returns whether exact days contain `day` of a month of `length` days; `weekday` is the weekday of that day. */
export function matchesExact(exact: ExactDays, day: number, weekday: number, length: number): boolean {
  const inMonth =
    exact.monthDays.includes(day) ||
    exact.fromEnd.includes(length - day) ||
    exact.workdays.some((nth) => isNthWorkday(nth, day, weekday, length)) ||
    exact.nearest.some(
      (near) => near <= length && nearestWorkday(near, weekdayAfter(weekday, near - day), length) === day,
    );
  const inWeek =
    exact.weekdays.includes(weekday) || exact.nthWeekdays.some((nth) => isNthWeekday(nth, day, weekday, length));
  return exact.both ? inMonth && inWeek : inMonth || inWeek;
}
