import { MONTH_NAMES, WEEKDAY_NAMES } from '../cron/calendar-names.ts';
import type { CronSets, DayRule, NthWeekday } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { isRun, ordinal, sentenceList } from './lists.ts';

/** The days of a schedule at the start of a sentence (`Weekdays`), and at its end (`Monday to Friday`, or empty). */
export interface SentenceDays {
  readonly lead: string;
  readonly tail: string;
}

/** The most days of the month that a sentence lists. */
const MOST_LISTED = 12;
const nthNames = ['last', '', 'first', 'second', 'third', 'fourth', 'fifth'];
const monthName = (month: number): string => MONTH_NAMES[month - 1] ?? '';
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

function weekdayNames(weekdays: readonly number[]): { readonly names: string; readonly isRange: boolean } {
  const fromMonday = weekdays.map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const names = fromMonday.map((day) => WEEKDAY_NAMES[(day + 1) % 7] ?? '');
  const isRange = isRun(fromMonday, 3);
  return { names: isRange ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : sentenceList(names), isRange };
}

function weekDays(weekdays: readonly number[]): SentenceDays {
  const { names, isRange } = weekdayNames(weekdays);
  if (weekdays.join() === '1,2,3,4,5') return { lead: 'Weekdays', tail: names };
  if (weekdays.join() === '0,6') return { lead: 'Weekends', tail: names };
  return isRange ? { lead: names, tail: names } : { lead: `Every ${names}`, tail: `on ${names}` };
}

/** Returns `the 1st and 15th`, or null for too many days. */
function datesOf({ monthDays, lastDayOfMonth }: DayRule): string | null {
  const days = monthDays ?? [];
  if (!lastDayOfMonth && stepOf(days, 15) === 2 && (days.at(-1) ?? 0) >= 30) {
    return `${days[0] === 1 ? 'odd' : 'even'} days`;
  }
  if (!lastDayOfMonth && isRun(days, 3)) return `the ${ordinal(days[0] ?? 0)} to ${ordinal(days.at(-1) ?? 0)}`;
  const names = [...days.map(ordinal), ...(lastDayOfMonth ? ['last day'] : [])];
  return names.length > MOST_LISTED ? null : `the ${sentenceList(names)}`;
}

function monthNames(months: readonly number[]): string {
  const names = months.map(monthName);
  return isRun(months, 3) ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : sentenceList(names);
}

const nthName = ({ weekday, nth }: NthWeekday): string => `${nthNames[nth + 1] ?? ''} ${WEEKDAY_NAMES[weekday] ?? ''}`;

/** Returns the days for rules about the month: dates, the last day, and weekdays by number. */
function monthParts(days: DayRule, ofMonth: string): string[] | null {
  const parts: string[] = [];
  if (days.monthDays !== null) {
    const dates = datesOf(days);
    if (dates === null) return null;
    parts.push(`on ${dates} of ${ofMonth}`);
  }
  if ((days.weekdays?.length ?? 0) > 0) parts.push(`every ${weekdayNames(days.weekdays ?? []).names}`);
  if (days.nthWeekdays.length > 0) parts.push(`on the ${sentenceList(days.nthWeekdays.map(nthName))} of ${ofMonth}`);
  return parts;
}

/** Returns the days of a schedule in words, or null if a few words cannot say them. */
export function sentenceDays({ days, months }: CronSets): SentenceDays | null {
  const isWholeYear = months.length === 12;
  const inMonths = isWholeYear ? '' : ` in ${monthNames(months)}`;
  if (days.monthDays === null && days.weekdays === null) return { lead: `Every day${inMonths}`, tail: inMonths.trim() };
  if (days.monthDays === null && days.nthWeekdays.length === 0) {
    const { lead, tail } = weekDays(days.weekdays ?? []);
    return { lead: lead + inMonths, tail: tail + inMonths };
  }
  const [onlyMonth] = months;
  const [date] = days.monthDays ?? [];
  const isOneDate = days.monthDays?.length === 1 && !days.lastDayOfMonth && days.weekdays === null;
  if (months.length === 1 && isOneDate) {
    const year = `on ${date ?? ''} ${monthName(onlyMonth ?? 0)}`;
    return { lead: `Every year ${year}`, tail: year };
  }
  const parts = monthParts(days, isWholeYear ? 'every month' : monthNames(months));
  if (parts === null) return null;
  const some = parts.length > 1 && (days.weekdays?.length ?? 0) > 0 ? inMonths : '';
  const tail = parts.join(' or ') + some;
  return { lead: capital(tail), tail };
}
