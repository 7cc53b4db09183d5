import { RANGE_WORDS, readList, readRangeEnd, setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import {
  isPluralWeekday,
  MONTH_WORDS,
  partOfDay,
  WEEKDAY_WORDS,
  WEEKEND,
  WHOLE_WEEK,
  WORKDAYS,
} from '../vocabulary.ts';

const sorted = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

/** Returns the values from `first` to `last`, wrapping at the end of the cycle: saturday to monday. */
function cycle(first: number, last: number, values: readonly number[]): number[] {
  const start = values.indexOf(first);
  const length = ((values.indexOf(last) - start + values.length) % values.length) + 1;
  return Array.from({ length }, (_, index) => values[(start + index) % values.length] ?? first);
}

/** Reads `weekday`, `working days`, `weekends`. */
function readDayGroup(reader: TokenReader): readonly number[] | undefined {
  if (reader.take('weekday', 'weekdays', 'workday', 'workdays')) return WORKDAYS;
  if (reader.take('weekend', 'weekends')) {
    reader.take('day', 'days');
    return WEEKEND;
  }
  const isWork = ['work', 'working', 'business', 'week'].includes(reader.text());
  if (!isWork || !['day', 'days'].includes(reader.text(1))) return undefined;
  reader.position += 2;
  return WORKDAYS;
}

function readDayOrRange(reader: TokenReader): readonly number[] | undefined {
  const group = readDayGroup(reader);
  if (group !== undefined) return group;
  const first = reader.takeFrom(WEEKDAY_WORDS);
  if (first === undefined) return undefined;
  const last = readRangeEnd(reader, () => reader.takeFrom(WEEKDAY_WORDS));
  return last === undefined ? [first] : cycle(first, last, WHOLE_WEEK);
}

/** Reads a list of weekdays, ranges and groups, each of which may repeat "on" or "every". */
export function readWeekdays(reader: TokenReader): number[] | undefined {
  const item = (isFirst: boolean): readonly number[] | undefined => {
    if (!isFirst) reader.take('on', 'every', 'each');
    return readDayOrRange(reader);
  };
  const days = readList(reader, item, () => reader.text() in WEEKDAY_WORDS);
  return days === undefined ? undefined : sorted(days.flat());
}

const MONTHS = Array.from({ length: 12 }, (_, index) => index + 1);

/** Reads a list of months and ranges of months. */
export function readMonths(reader: TokenReader): number[] | undefined {
  const months = readList(reader, (isFirst) => {
    if (!isFirst) reader.take('in', 'of');
    const first = reader.takeFrom(MONTH_WORDS);
    if (first === undefined) return undefined;
    const last = readRangeEnd(reader, () => reader.takeFrom(MONTH_WORDS));
    return last === undefined ? [first] : cycle(first, last, MONTHS);
  });
  return months === undefined ? undefined : sorted(months.flat());
}

/**
 * Reads "on mondays and wednesdays", "from mon to fri", "weekday mornings". A single weekday by name is read as every
 * such day, with a warning.
 */
export const weekdaysClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('only');
    const isFrom = reader.take('from');
    if (!isFrom) {
      if (reader.text(2).startsWith('weekend')) reader.takeAll('at', 'the');
      reader.take('on', 'every', 'each', 'all');
    }
    const nameAt = reader.position;
    const weekdays = readWeekdays(reader);
    if (weekdays === undefined) return false;
    if (isFrom && !isRange(reader, start)) return false;
    const [name] = reader.tokens.slice(nameAt, reader.position).map((token) => token.text);
    const isOneDay =
      reader.position - nameAt === 1 && name !== undefined && name in WEEKDAY_WORDS && !isPluralWeekday(name);
    if (!isOneDay || /^(every|each|all)$/.test(reader.tokens[nameAt - 1]?.text ?? '')) draft.recurring = true;
    setOnce(draft, 'weekdays', weekdays, reader, start);
    const part = partOfDay(reader.text());
    if (part === undefined) return true;
    reader.position += 1;
    return setOnce(draft, 'partOfDay', part, reader, start);
  });

/** Reads "the 1st and the 15th", "the 1st of the month". */
function readMonthDays(reader: TokenReader): number[] | undefined {
  const days = readList(reader, () => {
    reader.take('the');
    const token = reader.peek();
    if (token?.kind !== 'ordinal' || token.value < 1 || token.value > 31) return undefined;
    reader.position += 1;
    return token.value;
  });
  if (days === undefined) return undefined;
  if (!reader.takeAll('of', 'the', 'month')) reader.takeAll('of', 'each', 'month');
  return days;
}

const EXCEPT: readonly (readonly string[])[] = [
  ['except', 'for'],
  ['except'],
  ['excepting'],
  ['excluding'],
  ['other', 'than'],
  ['apart', 'from'],
  ['but', 'not'],
  ['but'],
  ['bar'],
  ['not'],
];

/** Throws for "except mondays in june", which could leave out either the mondays of June or every other month. */
function assertNotWithinMonths(reader: TokenReader, start: number): void {
  const except = reader.wordsSince(start).join(' ');
  const from = reader.position;
  if (!reader.take('in', 'during') || readMonths(reader) === undefined) {
    reader.position = from;
    return;
  }
  const months = reader.wordsSince(from).join(' ');
  throw new PhraseProblem(
    `"${except} ${months}" could mean only those days of those months, or only those months. Create a task for each part of the year, or name the months first.`,
    reader.wordsSince(start),
    [],
    { repairs: [[`${except} ${months}`, `${months} ${except}`]] },
  );
}

/** Reads "except sunday", "but not on weekends", "except in august", "except the 1st". */
export const exceptClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (!EXCEPT.some((words) => reader.takeAll(...words))) return false;
    reader.take('on', 'in');
    const weekdays = readWeekdays(reader);
    if (weekdays !== undefined) {
      assertNotWithinMonths(reader, start);
      draft.exceptWeekdays = sorted([...draft.exceptWeekdays, ...weekdays]);
      return true;
    }
    const monthDays = readMonthDays(reader);
    if (monthDays !== undefined) {
      draft.exceptMonthDays = sorted([...draft.exceptMonthDays, ...monthDays]);
      return true;
    }
    const months = readMonths(reader);
    if (months === undefined) return false;
    draft.exceptMonths = sorted([...draft.exceptMonths, ...months]);
    return true;
  });

/** Returns whether these words name a range: "from monday" alone is a start, which another clause reads. */
function isRange(reader: TokenReader, start: number): boolean {
  return reader.tokens.slice(start, reader.position).some(({ text }) => RANGE_WORDS.includes(text));
}

/** Reads "in january and july", "from march to june", "only in may". */
export const monthsClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('only');
    const isFrom = reader.take('from');
    if (!isFrom && !reader.take('in', 'during', 'of')) return false;
    const months = readMonths(reader);
    if (months === undefined) return false;
    if (isFrom && !isRange(reader, start)) return false;
    return setOnce(draft, 'months', months, reader, start);
  });
