import { dayMs } from '../durations.ts';
import type { DayRule } from './cron-sets.ts';

/** The weekday of the 29th of February comes round in at most 40 years, over a century that is no leap year. */
const LONGEST_WAIT_MONTHS = 41 * 12;

/** Whether a day matches a rule: `day` of a month of `length` days that is a `weekday` (0 is Sunday). */
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
 * The first matching day that begins after `afterMs`, as the midnight in UTC, or null when there is none in the longest
 * time that any date takes to come round.
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
