import type { ExactDays } from '../cron/cron-sets.ts';
import { capital, nthName, weekdayNames } from './day-names.ts';
import type { SentenceDays } from './day-names.ts';
import { dateNames, ordinal, sentenceList } from './lists.ts';

/** Returns `2 days before the last day`, or `last day`. */
const beforeLast = (before: number): string =>
  before === 0 ? 'the last day' : `${before} ${before === 1 ? 'day' : 'days'} before the last day`;

function workdayName(nth: number): string {
  if (nth > 0) return ordinal(nth);
  return nth === -1 ? 'last' : `${ordinal(-nth)} to last`;
}

/** Returns which week before the last one, 1 to 4, these days are: one weekday of them is the second to last of the month. */
function weekFromEnd({ fromEnd, monthDays, nearest, workdays }: ExactDays): number {
  const [first = 0] = fromEnd;
  const isWeek =
    fromEnd.every((before, index) => before === first + index) && fromEnd.length === Math.min(7, 31 - first);
  return isWeek && first % 7 === 0 && monthDays.length + nearest.length + workdays.length === 0 ? first / 7 : 0;
}

function exactDates(exact: ExactDays): string[] {
  // The working day nearest the 1st is the first one.
  const workdays = [...(exact.nearest.includes(1) ? [1] : []), ...exact.workdays];
  const dates = [`the ${dateNames(exact.monthDays)}`];
  return [
    ...(exact.monthDays.length === 0 ? [] : dates),
    ...exact.nearest.filter((day) => day > 1).map((day) => `the working day nearest the ${ordinal(day)}`),
    ...(workdays.length === 0 ? [] : [`the ${sentenceList(workdays.map(workdayName))} working day`]),
    ...exact.fromEnd.map(beforeLast),
  ];
}

/** Returns days that cron cannot say: `on the last working day of every month`, `every Friday the 13th`. */
export function exactDays(exact: ExactDays, ofMonth: string, inMonths: string): SentenceDays {
  const [date] = exact.monthDays;
  const isOneDate = exact.monthDays.length === 1 && exact.nearest.length + exact.workdays.length === 0;
  const week = [...(exact.weekdays.length > 0 ? [weekdayNames(exact.weekdays).names] : [])];
  if (exact.both && isOneDate && exact.fromEnd.length + exact.nthWeekdays.length === 0 && exact.weekdays.length === 1) {
    const tail = `every ${week.join('')} the ${ordinal(date ?? 0)}${inMonths}`;
    return { lead: capital(tail), tail };
  }
  const before = weekFromEnd(exact);
  if (exact.both && before > 0 && exact.nthWeekdays.length === 0) {
    const tail = `on the ${ordinal(before + 1)} to last ${week.join('')} of ${ofMonth}`;
    if (exact.weekdays.length === 1) return { lead: capital(tail), tail };
  }
  const dates = exactDates(exact).map((each) => `${/^\d/.test(each) ? '' : 'on '}${each} of ${ofMonth}`);
  const nths = exact.nthWeekdays.map((nth) => `the ${nthName(nth)}`);
  if (exact.both) {
    const names = [...week, ...nths];
    const tail = `${dates.join(' or ')} if it is ${sentenceList(names).replaceAll(' and ', ' or ')}`;
    return { lead: capital(tail), tail };
  }
  const parts = [...dates, ...week.map((names) => `every ${names}`), ...nths.map((nth) => `on ${nth} of ${ofMonth}`)];
  const tail = parts.join(' or ') + (week.length > 0 ? inMonths : '');
  return { lead: capital(tail), tail };
}
