import { exactRule } from '../cron/exact-days.ts';
import type { DayRule } from '../cron/cron-sets.ts';
import { everyDay } from '../cron/normal-days.ts';
import { rruleProblem } from './rrule-problem.ts';
import type { RuleParts, RuleWeekday } from './rule-parts.ts';

const WORKDAYS = '1,2,3,4,5';
const allMonths = Array.from({ length: 12 }, (_, index) => index + 1);

/** Days in months, of which any is enough. */
export interface RuleDays {
  readonly months: readonly number[];
  readonly days: readonly DayRule[];
}

/** The date of DTSTART, as the rule's default. */
interface StartDate {
  readonly month: number;
  readonly day: number;
  readonly weekday: number;
}

const fromEndOf = (monthDays: readonly number[]): number[] => monthDays.filter((day) => day < 0).map((day) => -day - 1);

function onDates(monthDays: readonly number[], weekdays: readonly number[] | null): DayRule {
  const dates = { monthDays: monthDays.filter((day) => day > 0), fromEnd: fromEndOf(monthDays) };
  return exactRule({ ...dates, weekdays: weekdays ?? [], both: weekdays !== null });
}

/** Returns the nth of one weekday; the second to last Friday is the Friday among the 7 days before the last 7. */
function onNth({ weekday, nth }: RuleWeekday, rule: string): DayRule {
  if (Math.abs(nth) > 5)
    throw rruleProblem(rule, 'counts the weekdays of a year. A schedule counts them in a month: add BYMONTH.');
  if (nth >= -1) return exactRule({ nthWeekdays: [{ weekday, nth }] });
  const fromEnd = Array.from({ length: 7 }, (_, index) => 7 * (-nth - 1) + index).filter((before) => before < 31);
  return exactRule({ fromEnd, weekdays: [weekday], both: true });
}

const plain = (weekdays: readonly RuleWeekday[]): number[] =>
  [...new Set(weekdays.map(({ weekday }) => weekday))].sort((a, b) => a - b);

/** Returns the days that BYSETPOS chooses from one set of days of the month. */
function atPositions({ weekdays, monthDays }: RuleParts, positions: readonly number[]): DayRule[] {
  const problem = (reason: string) => rruleProblem(`BYSETPOS=${positions.join()}`, reason);
  if (monthDays !== null || weekdays === null || weekdays.some(({ nth }) => nth !== 0))
    throw problem('is supported only with the weekdays of BYDAY, such as BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1.');
  const named = plain(weekdays);
  if (named.join() === WORKDAYS) {
    if (positions.some((nth) => Math.abs(nth) > 23)) throw problem('is more than the working days of a month.');
    return [exactRule({ workdays: positions })];
  }
  if (named.length === 7) return [onDates(positions, null)];
  const [only] = named;
  if (only === undefined || named.length > 1)
    throw problem('is supported for one weekday, for Monday to Friday, and for every day.');
  return positions.map((nth) => onNth({ weekday: only, nth }, `BYSETPOS=${nth}`));
}

function monthlyDays(parts: RuleParts, start: StartDate | null): DayRule[] {
  const { weekdays, monthDays, setPositions } = parts;
  if (setPositions !== null) return atPositions(parts, setPositions);
  if (weekdays === null) {
    if (monthDays === null && start === null)
      throw rruleProblem('BYMONTHDAY', 'is missing, and there is no DTSTART to take the day from.');
    return [onDates(monthDays ?? [start?.day ?? 1], null)];
  }
  const nths = weekdays.filter(({ nth }) => nth !== 0);
  if (monthDays !== null) {
    if (nths.length > 0) throw rruleProblem('BYMONTHDAY', 'with BYDAY by number is not supported. Keep one of them.');
    return [onDates(monthDays, plain(weekdays))];
  }
  const each = weekdays.filter(({ nth }) => nth === 0);
  return [
    ...(each.length === 0 ? [] : [{ ...everyDay, weekdays: plain(each) }]),
    ...nths.map((nth) => onNth(nth, `BYDAY=${nth.nth}`)),
  ];
}

/** "The first Monday of the year" is in January, the last one in December. */
function yearlyMonths(
  { months, monthDays, weekdays, setPositions }: RuleParts,
  start: StartDate | null,
): readonly number[] {
  if (months !== null) return months;
  if (setPositions !== null) throw rruleProblem('BYSETPOS', 'of a year is not supported. Add BYMONTH.');
  if (monthDays !== null || (weekdays ?? []).some(({ nth }) => nth === 0)) return allMonths;
  if (weekdays !== null) {
    const nths = weekdays.map(({ nth }) => nth);
    if (nths.every((nth) => nth > 0 && nth < 5)) return [1];
    if (nths.every((nth) => nth < 0 && nth > -5)) return [12];
    throw rruleProblem('BYDAY', 'counts the weekdays of a year. A schedule counts them in a month: add BYMONTH.');
  }
  if (start === null) throw rruleProblem('BYMONTH', 'is missing, and there is no DTSTART to take the date from.');
  return [start.month];
}

function limitedDays({ weekdays, monthDays, setPositions, frequency }: RuleParts): DayRule[] {
  if (setPositions !== null)
    throw rruleProblem('BYSETPOS', `with FREQ=${frequency} is not supported. Use FREQ=MONTHLY.`);
  if ((weekdays ?? []).some(({ nth }) => nth !== 0))
    throw rruleProblem('BYDAY', `by number needs FREQ=MONTHLY or FREQ=YEARLY, not FREQ=${frequency}.`);
  const named = weekdays === null ? null : plain(weekdays);
  if (monthDays !== null) return [onDates(monthDays, named)];
  return [named === null ? everyDay : { ...everyDay, weekdays: named }];
}

/** Returns the days of a rule within one period of its frequency. */
export function ruleDays(parts: RuleParts, start: StartDate | null): RuleDays {
  const { frequency } = parts;
  const months = parts.months ?? allMonths;
  if (frequency === 'MONTHLY') return { months, days: monthlyDays(parts, start) };
  if (frequency === 'YEARLY') return { months: yearlyMonths(parts, start), days: monthlyDays(parts, start) };
  if (frequency === 'WEEKLY' && parts.monthDays !== null)
    throw rruleProblem('BYMONTHDAY', 'is not allowed with FREQ=WEEKLY (RFC 5545). Use FREQ=DAILY.');
  if (frequency === 'WEEKLY' && parts.weekdays === null) {
    if (start === null) throw rruleProblem('BYDAY', 'is missing, and there is no DTSTART to take the weekday from.');
    return { months, days: limitedDays({ ...parts, weekdays: [{ weekday: start.weekday, nth: 0 }] }) };
  }
  return { months, days: limitedDays(parts) };
}
