import { readList, readRangeEnd, setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { readMonths, readWeekdays } from './days.ts';
import type { Draft } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { MONTH_WORDS, ORDINAL_WORDS, unitOf } from '../vocabulary.ts';

/** Reads `1st`, `first`, `last` (-1). */
export function readOrdinal(reader: TokenReader): number | undefined {
  const token = reader.peek();
  if (token?.kind === 'ordinal') {
    reader.position += 1;
    return token.value;
  }
  return reader.takeFrom(ORDINAL_WORDS);
}

function readOrdinals(reader: TokenReader): number[] | undefined {
  const ordinals = readList(reader, (isFirst) => {
    if (!isFirst) reader.take('on');
    reader.take('the');
    const first = readOrdinal(reader);
    if (first === undefined || first < 1) return first === undefined ? undefined : [first];
    const last = readRangeEnd(reader, () => {
      reader.take('the');
      return readOrdinal(reader);
    });
    if (last === undefined) return [first];
    return last > first ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : undefined;
  });
  return ordinals?.flat();
}

/** Reads "of the month", "of every quarter", "in january", "of march and september". Returns whether there was one. */
export function takeScope(reader: TokenReader, draft: Draft): boolean {
  return reader.attempt(() => {
    const start = reader.position;
    const isJoined = reader.take('of', 'in', 'each', 'every');
    const article = reader.take('the', 'each', 'every', 'a', 'any');
    const unit = unitOf(reader.text());
    if ((isJoined || article) && (unit === 'month' || unit === 'quarter' || unit === 'year')) {
      reader.position += 1;
      if (reader.wordsSince(start).some((word) => /^(each|every)$/i.test(word))) draft.recurring = true;
      draft.countedIn = unit;
      return true;
    }
    const months = readMonths(reader);
    if (months === undefined) return false;
    if (article) draft.recurring = true;
    return setOnce(draft, 'months', months, reader, start);
  });
}

function setMonthDays(draft: Draft, days: readonly number[], reader: TokenReader, start: number): true {
  const wrong = days.find((day) => day > 31 || day === 0);
  if (wrong !== undefined) {
    throw new PhraseProblem(`No month has a day ${wrong}.`, reader.wordsSince(start), ['the last day of the month']);
  }
  draft.lastDay = days.includes(-1);
  return setOnce(
    draft,
    'monthDays',
    days.filter((day) => day > 0),
    reader,
    start,
  );
}

function setNth(
  draft: Draft,
  ordinals: readonly number[],
  weekdays: readonly number[],
  reader: TokenReader,
  start: number,
) {
  const wrong = ordinals.find((nth) => nth > 5);
  if (wrong !== undefined) {
    throw new PhraseProblem(`No month has that many weeks: the highest is the fifth.`, reader.wordsSince(start));
  }
  const nth = weekdays.flatMap((weekday) => ordinals.map((value) => ({ weekday, nth: value })));
  return setOnce(draft, 'nth', nth, reader, start);
}

/** In a month that begins on a Sunday, its first Saturday and its first Sunday are on different weekends. */
function weekendProblem(reader: TokenReader, start: number): PhraseProblem {
  const words = reader.wordsSince(start);
  const said = words.join(' ');
  return new PhraseProblem(
    `"${said}" can be two different weekends, since a month may begin on a Sunday. Name the day.`,
    words,
    [],
    { repairs: ['saturday', 'sunday'].map((day) => [said, said.replace(/weekends?$/i, day)] as const) },
  );
}

/** Reads "the 1st and 15th", "last day of the month", "first monday of the month", "15th of january". */
export const ordinalClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('only');
    reader.take('on');
    const ordinals = readOrdinals(reader);
    if (ordinals === undefined) return false;
    const isWeekend = reader.text().startsWith('weekend');
    const weekdays = readWeekdays(reader);
    if (isWeekend && weekdays !== undefined) throw weekendProblem(reader, start);
    if (weekdays === undefined) {
      const named = reader.take('day', 'days');
      if (!named && ordinals.includes(-1)) return false;
      setMonthDays(draft, ordinals, reader, start);
    } else setNth(draft, ordinals, weekdays, reader, start);
    takeScope(reader, draft);
    return true;
  });

/** Reads a day of a month as a number, 1 to 31, but not the number of "5 minutes". */
function readDayNumber(reader: TokenReader): number | undefined {
  const token = reader.peek();
  if (token?.kind === 'ordinal') {
    reader.position += 1;
    return token.value;
  }
  if (token?.kind !== 'number' || !Number.isInteger(token.value) || token.value > 31) return undefined;
  const after = reader.text(1);
  if (unitOf(after) !== undefined || after === 'times' || after === 'oclock') return undefined;
  reader.position += 1;
  return token.value;
}

const DAYS_OF_MONTH = Array.from({ length: 31 }, (_, index) => index + 1);

/** Reads "the first 5 days of the month", "odd days of the month". */
export const severalDaysClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on');
    reader.take('the');
    const parity = reader.take('odd') ? 1 : reader.take('even') ? 0 : null;
    const count = parity === null && reader.take('first') ? reader.takeNumber() : undefined;
    if ((parity === null && count === undefined) || !reader.take('days')) return false;
    const days = DAYS_OF_MONTH.filter((day) => (count === undefined ? day % 2 === parity : day <= count));
    setMonthDays(draft, days, reader, start);
    draft.recurring = true;
    takeScope(reader, draft);
    return true;
  });

/** Reads "day 15", "days 1 and 15 of the month". */
export const dayNumberClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on');
    if (!reader.take('day', 'days')) return false;
    const days = readList(reader, () => {
      const first = readDayNumber(reader);
      const last = first === undefined ? undefined : readRangeEnd(reader, () => readDayNumber(reader));
      if (first === undefined || last === undefined) return first === undefined ? undefined : [first];
      return last > first ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : undefined;
    });
    if (days === undefined) return false;
    setMonthDays(draft, days.flat(), reader, start);
    takeScope(reader, draft);
    return true;
  });

/** Reads "december 25", "25 december", "on dec 24th and 25th", "the 1st of march and september". */
export const calendarClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on');
    reader.take('the');
    const dayFirst = readDayNumber(reader);
    if (dayFirst !== undefined) reader.take('of');
    const month = dayFirst === undefined ? reader.takeFrom(MONTH_WORDS) : undefined;
    const months = dayFirst !== undefined ? readMonths(reader) : month === undefined ? undefined : [month];
    if (months === undefined) return false;
    const days = dayFirst === undefined ? readList(reader, () => readDayNumber(reader)) : [dayFirst];
    if (days === undefined) return false;
    setOnce(draft, 'months', months, reader, start);
    return setMonthDays(draft, days, reader, start);
  });

/** Reads "end of the month", "start of every quarter", "month end". */
export const edgeClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on', 'at');
    reader.take('the');
    if (reader.take('month')) {
      reader.take('-');
      if (!reader.take('end')) return false;
      return setMonthDays(draft, [-1], reader, start);
    }
    const isEnd = reader.take('end');
    if (!isEnd && !reader.take('start', 'beginning')) return false;
    if (reader.text() !== 'of') return false;
    setMonthDays(draft, [isEnd ? -1 : 1], reader, start);
    draft.edge = true;
    return takeScope(reader, draft) || reader.takeAll('of', 'month');
  });
