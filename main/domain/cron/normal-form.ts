import type { DayRule } from './cron-sets.ts';
import { normalDays } from './normal-days.ts';
import { normalExact } from './normal-exact.ts';

type Normal = ReturnType<typeof normalDays>;

/** More schedules than most people have; a thousand tasks with as many different days would compute theirs again. */
const MOST_KNOWN = 1000;

/** Normal forms by what they are of: comparing all months takes longer than all else in reading a schedule. */
const known = new Map<string, Normal>();

const inOrder = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

function daysInOrder({ monthDays, weekdays, ...rest }: DayRule): DayRule {
  return { ...rest, monthDays: monthDays && inOrder(monthDays), weekdays: weekdays && inOrder(weekdays) };
}

/** Returns whether days are dates or weekdays only: their normal form is found at once. */
const isPlain = ({ exact, monthDays, weekdays, nthWeekdays, lastDayOfMonth }: DayRule): boolean =>
  exact === undefined && nthWeekdays.length === 0 && !lastDayOfMonth && (monthDays === null || weekdays === null);

const normalOf = (days: DayRule, months: readonly number[]): Normal =>
  days.exact === undefined ? normalDays(daysInOrder(days), months) : normalExact(days.exact, months);

/** Returns the normal form of days within their months, which are in order; null when no day ever matches. */
export function normalForm(days: DayRule, months: readonly number[]): Normal {
  if (isPlain(days)) return normalOf(days, months);
  const name = JSON.stringify([days, months]);
  const found = known.get(name);
  if (found !== undefined) return found;
  if (known.size >= MOST_KNOWN) known.clear();
  const normal = normalOf(days, months);
  known.set(name, normal);
  return normal;
}
