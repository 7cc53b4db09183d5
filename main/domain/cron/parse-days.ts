import type { DayRule, NthWeekday } from './cron-sets.ts';
import { fieldError, MONTH_DAY, WEEKDAY } from './cron-fields.ts';
import { fieldValue, parseItem, sortedSet } from './parse-field.ts';

const isAll = (values: readonly number[], size: number): boolean => values.length === size;

function parseMonthDays(text: string): Pick<DayRule, 'monthDays' | 'lastDayOfMonth'> {
  const values: number[] = [];
  let lastDayOfMonth = false;
  for (const item of text.split(',')) {
    if (item === 'l') lastDayOfMonth = true;
    else if (/^l-\d+$/.test(item)) {
      throw fieldError(
        MONTH_DAY,
        item,
        'counts back from the end of the month, which is not supported; only L (the last day) is',
      );
    } else if (/^(\d+|l)w$/.test(item)) {
      throw fieldError(MONTH_DAY, item, 'asks for the nearest working day (W), which is not supported');
    } else values.push(...parseItem(MONTH_DAY, item));
  }
  const monthDays = sortedSet(values);
  if (isAll(monthDays, 31)) return { monthDays: null, lastDayOfMonth: false };
  return { monthDays, lastDayOfMonth };
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

/**
 * Returns the rule of the two day fields together. Only `*` and `?` leave a field unrestricted. A list of every value
 * restricts the field to every day, which makes the whole rule "every day", because either field is enough (`man 5
 * crontab`).
 */
export function parseDays(monthDayText: string, weekdayText: string): DayRule {
  const monthSide = parseMonthDays(monthDayText);
  const weekSide = parseWeekdays(weekdayText);
  const everyDay =
    (isRestricted(monthDayText) && monthSide.monthDays === null) ||
    (isRestricted(weekdayText) && weekSide.weekdays === null);
  if (everyDay) return { monthDays: null, lastDayOfMonth: false, weekdays: null, nthWeekdays: [] };
  return { ...monthSide, ...weekSide };
}
