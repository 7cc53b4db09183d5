import { MONTH_NAMES, WEEKDAY_NAMES } from '../cron/calendar-names.ts';
import type { NthWeekday } from '../cron/cron-sets.ts';
import { isRun, sentenceList } from './lists.ts';

/** The days of a schedule at the start of a sentence (`Weekdays`), and at its end (`Monday to Friday`, or empty). */
export interface SentenceDays {
  readonly lead: string;
  readonly tail: string;
}

const nthNames = ['last', '', 'first', 'second', 'third', 'fourth', 'fifth'];
export const monthName = (month: number): string => MONTH_NAMES[month - 1] ?? '';
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Returns weekdays by name, in the order of a week that starts on Monday. */
export function weekdayNames(weekdays: readonly number[]): { readonly names: string; readonly isRange: boolean } {
  const fromMonday = weekdays.map((day) => (day + 6) % 7).sort((a, b) => a - b);
  const names = fromMonday.map((day) => WEEKDAY_NAMES[(day + 1) % 7] ?? '');
  const isRange = isRun(fromMonday, 3);
  return { names: isRange ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : sentenceList(names), isRange };
}

/** Returns months by name. */
export function monthNames(months: readonly number[]): string {
  const names = months.map(monthName);
  return isRun(months, 3) ? `${names[0] ?? ''} to ${names.at(-1) ?? ''}` : sentenceList(names);
}

/** Returns `second Tuesday`. */
export const nthName = ({ weekday, nth }: NthWeekday): string =>
  `${nthNames[nth + 1] ?? ''} ${WEEKDAY_NAMES[weekday] ?? ''}`;
