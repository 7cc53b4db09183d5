import type { Draft } from '../meaning/draft.ts';
import { readList, readRangeEnd, setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { readWeekdays } from './days.ts';
import { readOrdinal, takeScope } from './month-days.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { isPluralWeekday } from '../vocabulary.ts';

/** No month has more working days. */
const MOST_WORKDAYS = 23;

/** Reads "working day", "business days", "weekday". */
function takeWorkday(reader: TokenReader): boolean {
  if (reader.take('weekday', 'weekdays', 'workday', 'workdays')) return true;
  return reader.attempt(() => reader.take('working', 'business', 'work') && reader.take('day', 'days'));
}

/**
 * Reads "first", "3rd", "last" (-1), "second to last", "second last", "penultimate" (-2). The first of a list may be any of
 * these.
 */
function readPlace(reader: TokenReader): number | undefined {
  if (reader.take('penultimate')) return -2;
  if (reader.takeAll('next', 'to', 'last')) return -2;
  return reader.attempt(() => {
    const place = readOrdinal(reader);
    if (place === undefined || place === -1) return place;
    const isFromLast = reader.attempt(() => {
      reader.take('-');
      reader.take('to');
      reader.take('-');
      return reader.take('last');
    });
    return isFromLast ? -place : place;
  });
}

function readPlaces(reader: TokenReader): number[] | undefined {
  return readList(reader, (isFirst) => {
    if (!isFirst) reader.take('on');
    reader.take('the');
    return readPlace(reader);
  });
}

function takeLead(reader: TokenReader): boolean {
  reader.take('only');
  reader.take('on');
  const isEvery = reader.take('every', 'each');
  reader.take('the');
  return isEvery;
}

/** Reads "the first working day of the month", "last business day of every quarter", "3rd and 10th weekday of march". */
export const workdayClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (takeLead(reader)) draft.recurring = true;
    const workdays = readPlaces(reader);
    if (workdays === undefined || !takeWorkday(reader)) return false;
    const wrong = workdays.find((nth) => nth > MOST_WORKDAYS || nth === 0);
    if (wrong !== undefined)
      throw new PhraseProblem(`No month has a working day number ${wrong}.`, reader.wordsSince(start), [
        'last working day of the month',
      ]);
    setOnce(draft, 'exact', { workdays }, reader, start);
    takeScope(reader, draft);
    return true;
  });

/** Reads "second to last day of the month", "second to last friday of march", "3 days before the end of the month". */
export const fromEndClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (takeLead(reader)) draft.recurring = true;
    const count = reader.takeNumber();
    if (count !== undefined) {
      if (!reader.take('day', 'days') || !reader.takeAll('before', 'the')) return false;
      if (!reader.take('end') && !reader.takeAll('last', 'day')) return false;
      if (reader.text() !== 'of') return false;
    }
    const place = count === undefined ? readPlace(reader) : -count - 1;
    const before = place === undefined ? 0 : -place - 1;
    if (count === undefined && before < 1) return false;
    const weekdays = count === undefined ? readWeekdays(reader) : undefined;
    if (weekdays !== undefined && before < 5) {
      // The second to last Friday is the Friday among the 7 days before the last 7.
      const fromEnd = Array.from({ length: 7 }, (_, index) => 7 * before + index).filter((days) => days < 31);
      setOnce(draft, 'exact', { fromEnd }, reader, start);
      setOnce(draft, 'ifWeekdays', weekdays, reader, start);
      return takeScope(reader, draft);
    }
    if (count === undefined && !reader.take('day', 'days')) return false;
    if (!Number.isInteger(before) || before < 1 || before > 30)
      throw new PhraseProblem('No month has such a day. Count 1 to 30 days back.', reader.wordsSince(start));
    setOnce(draft, 'exact', { fromEnd: [before] }, reader, start);
    return takeScope(reader, draft);
  });

/** Reads "working day nearest the 15th", "the weekday closest to the 1st", "nearest business day to the 15th". */
export const nearestClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (takeLead(reader)) draft.recurring = true;
    const isFirst = reader.take('nearest', 'closest');
    if (!takeWorkday(reader) || (!isFirst && !reader.take('nearest', 'closest'))) return false;
    reader.take('to');
    const nearest = readList(reader, () => {
      reader.take('the');
      return readOrdinal(reader);
    });
    if (nearest === undefined) return false;
    const wrong = nearest.find((day) => day < 1 || day > 31);
    if (wrong !== undefined) throw new PhraseProblem('Name a day of the month, 1 to 31.', reader.wordsSince(start));
    setOnce(draft, 'exact', { nearest }, reader, start);
    draft.countedIn ??= 'month';
    takeScope(reader, draft);
    return true;
  });

/** Reads the dates of "friday the 13th". */
function readDates(reader: TokenReader): number[] | undefined {
  const dates = readList(reader, (isFirst) => {
    if (!reader.take('the') && isFirst) return undefined;
    const first = readOrdinal(reader);
    if (first === undefined || first < 1 || first > 31) return undefined;
    const last = readRangeEnd(reader, () => {
      reader.take('the');
      return readOrdinal(reader);
    });
    if (last === undefined) return [first];
    return last > first ? Array.from({ length: last - first + 1 }, (_, index) => first + index) : undefined;
  });
  return dates?.flat();
}

/**
 * "friday the 13th" is read as every such day, and says so. "on friday the 13th" is refused, because it can as well be one date.
 */
function readAsEvery(reader: TokenReader, start: number, draft: Draft): void {
  const words = reader.wordsSince(start);
  const said = words.join(' ');
  const every = said.replace(/^on\s+/i, 'every ');
  if (every === said) {
    draft.warnings.push(`Read as every ${said}. Write the date with its month and year for a single run.`);
    return;
  }
  const message = `"${said}" can be every such day, or one date. Write "every", or the month and year of the date.`;
  throw new PhraseProblem(message, words, [], { repairs: [[said, every]] });
}

/** Reads "every friday the 13th", "mondays the 1st to the 7th": days that are both. */
export const weekdayAndDateClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const isEvery = takeLead(reader);
    const nameAt = reader.position;
    const weekdays = readWeekdays(reader);
    const dates = weekdays === undefined ? undefined : readDates(reader);
    if (weekdays === undefined || dates === undefined) return false;
    // "friday the 13th of november" is one date.
    if (!isEvery && reader.text() === 'of' && reader.text(1) !== 'the' && !/^(?:each|every)$/.test(reader.text(1)))
      return false;
    const first = reader.tokens[nameAt];
    const isPlural = first?.kind === 'word' && isPluralWeekday(first.text);
    if (!isEvery && !isPlural) readAsEvery(reader, start, draft);
    draft.recurring = true;
    setOnce(draft, 'ifWeekdays', weekdays, reader, start);
    setOnce(draft, 'monthDays', dates, reader, start);
    takeScope(reader, draft);
    return true;
  });

/** Reads "if it is a friday", "when it falls on a monday or tuesday", after days of the month. */
export const ifWeekdayClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('but');
    reader.take('only');
    if (!reader.take('if', 'when')) return false;
    reader.take('it', 'that', "it's");
    reader.take('is', 'falls');
    reader.take('on');
    reader.take('a', 'an');
    const weekdays = readList(
      reader,
      () => readWeekdays(reader),
      () => reader.take('or'),
    );
    return weekdays !== undefined && setOnce(draft, 'ifWeekdays', weekdays.flat(), reader, start);
  });
