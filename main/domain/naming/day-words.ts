import type { CronSets, DayRule, NthWeekday } from '../cron/cron-sets.ts';
import { stepOf } from '../cron/format-cron.ts';
import { isRun, monthWords, ordinal, sentenceList, weekdayWords } from './word-pair.ts';
import type { WordPair } from './word-pair.ts';

/** The most days or months that a readable name lists. */
const MOST_LISTED = 5;

const isSet = (values: readonly number[], ...wanted: number[]): boolean => values.join() === wanted.join();

function listed(words: readonly WordPair[], values: readonly number[], leastRun: number): WordPair | null {
  const [first, last] = [words[0], words.at(-1)];
  if (first !== undefined && last !== undefined && isRun(values, leastRun)) {
    return { id: `${first.id}-to-${last.id}`, name: `${first.name} to ${last.name}` };
  }
  if (words.length > MOST_LISTED) return null;
  return { id: words.map(({ id }) => id).join('-'), name: sentenceList(words.map(({ name }) => name)) };
}

/** Returns the weekdays in words, in the order of a week that starts on Monday. */
function weekdaysWords(weekdays: readonly number[]): WordPair | null {
  const fromMonday = [...weekdays].sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7));
  return listed(
    fromMonday.map(weekdayWords),
    fromMonday.map((day) => (day + 6) % 7),
    3,
  );
}

const nthWords = ({ weekday, nth }: NthWeekday): WordPair => {
  const day = weekdayWords(weekday);
  const which = nth === -1 ? 'last' : ordinal(nth);
  return { id: `${which}-${day.id}`, name: `${which} ${day.name}` };
};

/** Returns the words for every other day of the month, from the first or the second. */
function oddOrEven(days: readonly number[]): WordPair | null {
  const isWhole = stepOf(days, 15) === 2 && (days.at(-1) ?? 0) >= 30;
  const name = days[0] === 1 ? 'odd' : 'even';
  return isWhole ? { id: `${name}-days`, name: `${name} days` } : null;
}

function monthDaysWords({ monthDays, lastDayOfMonth }: DayRule): WordPair | null {
  const days = monthDays ?? [];
  const half = lastDayOfMonth ? null : oddOrEven(days);
  if (half !== null) return half;
  const words = days.map((day) => ({ id: ordinal(day), name: ordinal(day) }));
  if (!lastDayOfMonth) return listed(words, days, 3);
  return listed([...words, { id: 'last-day', name: 'last day' }], [], 3);
}

/**
 * Returns the days of a week or month in words, without the months. `every` is the unit in which the schedule repeats.
 */
function daysWords(days: DayRule): (WordPair & { readonly every: 'day' | 'week' | 'month' }) | null {
  const { monthDays, weekdays, nthWeekdays } = days;
  if (monthDays === null && weekdays === null) return { id: 'daily', name: 'Daily', every: 'day' };
  const parts: WordPair[] = [];
  const add = (words: WordPair | null): boolean => words !== null && parts.push(words) > 0;
  if (monthDays !== null && !add(monthDaysWords(days))) return null;
  if (weekdays !== null && weekdays.length > 0 && !add(weekdaysWords(weekdays))) return null;
  if (nthWeekdays.length > MOST_LISTED) return null;
  parts.push(...nthWeekdays.map(nthWords));
  const id = parts.map((part) => part.id).join(weekdays === null || monthDays === null ? '-' : '-or-');
  const name = sentenceList(
    parts.map((part) => part.name),
    'or',
  );
  if (monthDays === null && nthWeekdays.length === 0) return { id, name, every: 'week' };
  return { id, name, every: 'month' };
}

function monthsWords(months: readonly number[]): WordPair | null {
  return listed(months.map(monthWords), months, 3);
}

function weeklyWords(days: DayRule, words: WordPair): WordPair {
  const weekdays = days.weekdays ?? [];
  if (isSet(weekdays, 1, 2, 3, 4, 5)) return { id: 'weekdays', name: 'Weekdays' };
  if (isSet(weekdays, 0, 6)) return { id: 'weekends', name: 'Weekends' };
  if (weekdays.length === 1) return { id: `weekly-${words.id}`, name: `Weekly on ${words.name}` };
  return { id: words.id, name: `Every ${words.name}` };
}

/**
 * Returns the days of a schedule in a few words (`weekdays`, `monthly-1st`, `quarterly-1st`), or null if they need too
 * many.
 */
export function dayWords({ days, months }: CronSets): WordPair | null {
  const words = daysWords(days);
  if (words === null) return null;
  const inMonths = months.length === 12 ? null : monthsWords(months);
  if (months.length !== 12 && inMonths === null) return null;
  if (words.every === 'month') {
    const on = `on the ${words.name}`;
    if (inMonths === null) return { id: `monthly-${words.id}`, name: `Monthly ${on}` };
    if (isSet(months, 1, 4, 7, 10)) return { id: `quarterly-${words.id}`, name: `Quarterly ${on}` };
    const often = months.length === 1 ? 'yearly' : 'monthly';
    const joint = months.length === 1 ? '-' : '-in-';
    if (months.length === 1)
      return { id: `${often}-${inMonths.id}${joint}${words.id}`, name: `Yearly ${on} of ${inMonths.name}` };
    return { id: `${often}-${words.id}${joint}${inMonths.id}`, name: `Monthly ${on}, in ${inMonths.name}` };
  }
  const base = words.every === 'week' ? weeklyWords(days, words) : words;
  return inMonths === null ? base : { id: `${base.id}-in-${inMonths.id}`, name: `${base.name} in ${inMonths.name}` };
}
