import type { CronSets, DayRule } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { exactDays } from './exact-sentence.ts';
import { isRun, ordinal, sentenceList } from './lists.ts';
import { capital, monthName, monthNames, nthName, weekdayNames } from './day-names.ts';
import type { SentenceDays } from './day-names.ts';

/** The most days of the month that a sentence lists. */
const MOST_LISTED = 12;
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
  if (days.exact !== undefined)
    return exactDays(days.exact, isWholeYear ? 'every month' : monthNames(months), inMonths);
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
