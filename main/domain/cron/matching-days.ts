import { dayMs } from '../durations.ts';
import type { DayRule } from './cron-sets.ts';

/**
 * The longest wait for a matching day: 29 February on a given weekday recurs within 40 years, even across a century
 * year that is not a leap year.
 */
const LONGEST_WAIT_MONTHS = 41 * 12;

/**
 * Returns whether a rule matches `day` of a month of `length` days; `weekday` is the weekday of that day (0 is Sunday).
 */
function dayMatches(rule: DayRule, day: number, weekday: number, length: number): boolean {
  const { monthDays, lastDayOfMonth, weekdays, nthWeekdays } = rule;
  if (monthDays === null && weekdays === null) return true;
  if (monthDays?.includes(day) === true || (lastDayOfMonth && day === length)) return true;
  if (weekdays?.includes(weekday) === true) return true;
  return nthWeekdays.some(
    (item) => item.weekday === weekday && (item.nth === -1 ? day + 7 > length : item.nth === Math.ceil(day / 7)),
  );
}

/**
 * Returns the UTC midnight of the first matching day that begins after `afterMs`, or null when none matches within the
 * longest possible wait.
 */
export function nextMatchingDay(rule: DayRule, months: readonly number[], afterMs: number): number | null {
  const start = new Date(afterMs);
  const [year, month] = [start.getUTCFullYear(), start.getUTCMonth()];
  for (let step = 0; step <= LONGEST_WAIT_MONTHS; step += 1) {
    const first = Date.UTC(year, month + step, 1);
    if (!months.includes(((month + step) % 12) + 1)) continue;
    const length = Math.round((Date.UTC(year, month + step + 1, 1) - first) / dayMs);
    const weekday = new Date(first).getUTCDay();
    for (let day = 1; day <= length; day += 1) {
      const midnight = first + (day - 1) * dayMs;
      if (midnight > afterMs && dayMatches(rule, day, (weekday + day - 1) % 7, length)) return midnight;
    }
  }
  return null;
}
