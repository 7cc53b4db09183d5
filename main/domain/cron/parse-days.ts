import type { DayRule, ExactDays, NthWeekday } from './cron-sets.ts';
import { exactRule } from './exact-days.ts';
import { fieldError, MONTH_DAY, WEEKDAY } from './cron-fields.ts';
import { fieldValue, parseItem, sortedSet } from './parse-field.ts';

const WEEK = [0, 1, 2, 3, 4, 5, 6];
const isAll = (values: readonly number[], size: number): boolean => values.length === size;

/** The day-of-month field. What cron cannot say is in `exact`. */
interface MonthSide extends Pick<ExactDays, 'fromEnd' | 'nearest' | 'workdays'> {
  readonly monthDays: readonly number[];
}

const NEAREST = /^(\d{1,2})w$/;
const NTH_WORKDAY = /^(\d{1,2})wd$/;
const FROM_END = /^l-(\d{1,2})$/;
const LAST_WORKDAY = /^lw(?:-(\d{1,2}))?$/;

/** No month has more working days. */
const MOST_WORKDAYS = 23;

function counted(item: string, pattern: RegExp, least: number, most: number, what: string): number | null {
  const match = pattern.exec(item);
  if (match === null) return null;
  const value = Number(match[1] ?? 0);
  if (value >= least && value <= most) return value;
  throw fieldError(MONTH_DAY, item, `${what}, ${least} to ${most}`);
}

function parseMonthDays(text: string): MonthSide {
  const side = {
    monthDays: [] as number[],
    fromEnd: [] as number[],
    nearest: [] as number[],
    workdays: [] as number[],
  };
  for (const item of text.split(',')) {
    const before = item === 'l' ? 0 : counted(item, FROM_END, 1, 30, 'counts back from the last day of the month');
    const near = counted(item, NEAREST, 1, 31, 'asks for the working day nearest to a day of the month');
    const nth = counted(item, NTH_WORKDAY, 1, MOST_WORKDAYS, 'counts the working days of a month');
    const last = counted(
      item,
      LAST_WORKDAY,
      0,
      MOST_WORKDAYS - 1,
      'counts back from the last working day of the month',
    );
    if (before !== null) side.fromEnd.push(before);
    else if (near !== null) side.nearest.push(near);
    else if (nth !== null) side.workdays.push(nth);
    else if (last !== null) side.workdays.push(-last - 1);
    else side.monthDays.push(...parseItem(MONTH_DAY, item));
  }
  return { ...side, monthDays: sortedSet(side.monthDays) };
}

function parseNth(item: string): NthWeekday | null {
  const match = /^([a-z0-9]+?)(?:#(\d+|l)|(l))$/.exec(item);
  if (match === null) return null;
  const [, day = '', nth] = match;
  const weekday = fieldValue(WEEKDAY, day) % 7;
  if (nth === undefined || nth === 'l') return { weekday, nth: -1 };
  const number = Number(nth);
  if (number < 1 || number > 5) throw fieldError(WEEKDAY, item, 'asks for a week of the month other than #1 to #5');
  return { weekday, nth: number };
}

function parseWeekdays(text: string): Pick<DayRule, 'weekdays' | 'nthWeekdays'> {
  const values: number[] = [];
  const nthWeekdays: NthWeekday[] = [];
  for (const item of text.split(',')) {
    if (item === 'l')
      throw fieldError(WEEKDAY, item, 'does not name a weekday; write 5L for the last Friday of the month');
    const nth = parseNth(item);
    if (nth === null) values.push(...parseItem(WEEKDAY, item));
    else nthWeekdays.push(nth);
  }
  const weekdays = sortedSet(values);
  if (isAll(weekdays, 7)) return { weekdays: null, nthWeekdays: [] };
  return { weekdays, nthWeekdays };
}

const isRestricted = (text: string): boolean => text !== '*' && text !== '?';

const everyDay: DayRule = { monthDays: null, lastDayOfMonth: false, weekdays: null, nthWeekdays: [] };

/**
 * Returns the rule of the two day fields together. Only `*` and `?` leave a field unrestricted. A list of every value
 * restricts the field to every day, which makes the whole rule "every day", because either field is enough (`man 5
 * crontab`). A `+` before the weekdays asks for both.
 */
export function parseDays(monthDayText: string, weekdayText: string): DayRule {
  const both = weekdayText.startsWith('+');
  const weekText = both ? weekdayText.slice(1) : weekdayText;
  const { monthDays, fromEnd, nearest, workdays } = parseMonthDays(monthDayText);
  const week = parseWeekdays(weekText);
  const isEveryMonthDay = isAll(monthDays, 31);
  const [isInMonth, isInWeek] = [isRestricted(monthDayText), isRestricted(weekText)];
  if (!both && ((isInMonth && isEveryMonthDay) || (isInWeek && week.weekdays === null))) return everyDay;
  const isExact = (both && isInMonth && isInWeek) || nearest.length + workdays.length > 0 || fromEnd.some((n) => n > 0);
  if (!isExact) {
    const monthSide = { monthDays: isEveryMonthDay ? null : monthDays, lastDayOfMonth: fromEnd.length > 0 };
    return isEveryMonthDay ? { ...everyDay, ...week } : { ...everyDay, ...monthSide, ...week };
  }
  const weekdays = isInWeek ? (week.weekdays ?? WEEK) : [];
  return exactRule({
    monthDays: isInMonth ? monthDays : [],
    fromEnd,
    nearest,
    workdays,
    weekdays,
    nthWeekdays: week.nthWeekdays,
    both: both && isInMonth && isInWeek,
  });
}
