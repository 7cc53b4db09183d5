import { RANGE_WORDS, setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { readOrdinal } from './month-days.ts';
import type { Distance } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { isPluralWeekday, MONTH_WORDS, partOfDay, unitOf, WEEKDAY_WORDS } from '../vocabulary.ts';
import type { Unit } from '../vocabulary.ts';

const NOTHING: Distance = { minutes: 0, days: 0, months: 0 };

function distanceOf(unit: Unit, count: number): Distance | undefined {
  const fitted: Readonly<Partial<Record<Unit, Distance>>> = {
    minute: { ...NOTHING, minutes: count },
    hour: { ...NOTHING, minutes: count * 60 },
    day: { ...NOTHING, days: count },
    week: { ...NOTHING, days: count * 7 },
    month: { ...NOTHING, months: count },
    year: { ...NOTHING, months: count * 12 },
  };
  const distance = fitted[unit];
  if (distance === undefined) return undefined;
  const isWhole = [distance.minutes, distance.days, distance.months].every(Number.isInteger);
  return isWhole ? distance : undefined;
}

/** Reads "30 mins", "an hour", "half an hour", "an hour and a half", "1.5 hours". */
function readAmount(reader: TokenReader): Distance | undefined {
  const start = reader.position;
  if (reader.take('half')) {
    reader.take('a', 'an');
    return reader.take('hour', 'hr') ? { ...NOTHING, minutes: 30 } : undefined;
  }
  const count = reader.take('a', 'an') ? 1 : reader.takeNumber();
  if (count === undefined) return undefined;
  const halfBefore = reader.takeAll('and', 'a', 'half') ? 0.5 : 0;
  const word = reader.text();
  const unit = word === 'second' ? 'second' : unitOf(word);
  if (unit === undefined) return undefined;
  reader.position += 1;
  if (unit === 'second') {
    throw new PhraseProblem('Schedules run on full minutes: seconds are not supported.', reader.wordsSince(start), [
      'in 1 minute',
    ]);
  }
  const halfAfter = unit === 'hour' && reader.takeAll('and', 'a', 'half') ? 0.5 : 0;
  return distanceOf(unit, count + halfBefore + halfAfter);
}

function readDistance(reader: TokenReader): Distance | undefined {
  let total = readAmount(reader);
  while (total !== undefined) {
    const more = reader.attempt(() => {
      reader.take(',');
      reader.take('and');
      return readAmount(reader);
    });
    if (more === undefined) return total;
    total = { minutes: total.minutes + more.minutes, days: total.days + more.days, months: total.months + more.months };
  }
  return undefined;
}

/** Reads "in 5 minutes", "in an hour and a half", "2 weeks from now", "5 minutes later". */
export const distanceClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const isIn = reader.take('in', 'after');
    const distance = readDistance(reader);
    if (distance === undefined) return false;
    if (!reader.takeAll('from', 'now') && !reader.take('later') && !isIn) return false;
    return setOnce(draft, 'distance', distance, reader, start);
  });

function takeWord(reader: TokenReader, table: Readonly<Record<string, number>>): string | undefined {
  const word = reader.text();
  return reader.takeFrom(table) === undefined ? undefined : word;
}

function readYear(reader: TokenReader): number | undefined {
  reader.take(',');
  const token = reader.peek();
  if (token?.kind !== 'number' || !/^\d{4}$/.test(token.raw)) return undefined;
  reader.position += 1;
  return token.value;
}

function readDay(reader: TokenReader): number | undefined {
  const ordinal = readOrdinal(reader);
  if (ordinal !== undefined) return ordinal > 0 ? ordinal : undefined;
  const number = reader.takeNumber();
  return number !== undefined && Number.isInteger(number) && number >= 1 && number <= 31 ? number : undefined;
}

/** Reads "3 december 2026", "december 3rd, 2026", "the 3rd of december 2026". The year is required. */
function readDated(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    reader.take('the');
    const dayFirst = readDay(reader);
    if (dayFirst !== undefined) reader.take('of');
    const month = takeWord(reader, MONTH_WORDS);
    const day = month === undefined ? undefined : (dayFirst ?? readDay(reader));
    const year = day === undefined ? undefined : readYear(reader);
    return year === undefined ? undefined : `${day ?? 0} ${month ?? ''} ${year}`;
  });
}

/** Reads a day and a month in either order, or a month alone, which is its first day. */
function readDayOfMonth(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    reader.take('the');
    const first = readDay(reader);
    if (first !== undefined) reader.take('of');
    const month = takeWord(reader, MONTH_WORDS);
    const day = month === undefined ? undefined : (first ?? reader.attempt(() => readDay(reader)));
    // "From march to june" is a range of months.
    if (month === undefined || (day === undefined && RANGE_WORDS.includes(reader.text()))) return undefined;
    return `${day ?? 1} ${month}`;
  });
}

/** Reads the day at which a schedule starts or ends; not the first half of a range such as "monday to friday". */
export function readBoundDate(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    const relative = reader.attempt(() => readNamedDay(reader)) ?? readNext(reader);
    if (relative !== undefined) return relative === 'yesterday' ? undefined : relative;
    const dated = readDated(reader) ?? readIsoDate(reader) ?? readDayOfMonth(reader);
    if (dated !== undefined) return dated;
    const weekday = takeWord(reader, WEEKDAY_WORDS);
    if (weekday === undefined || isPluralWeekday(weekday) || RANGE_WORDS.includes(reader.text())) return undefined;
    return `this ${weekday}`;
  });
}

const WHOLE_UNITS = new Set(['week', 'month', 'year', 'quarter']);

/** Reads "next monday", "this friday". Refuses "next week", which is not a single day. */
function readNext(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    const which = reader.text();
    if (!reader.take('next', 'this', 'coming')) return undefined;
    const unit = reader.text();
    if (WHOLE_UNITS.has(unit)) {
      throw new PhraseProblem(
        `"${which} ${unit}" is not a single day. Name the day.`,
        [which, unit],
        ['next monday at 9am', 'in 1 week'],
      );
    }
    const weekday = takeWord(reader, WEEKDAY_WORDS);
    return weekday === undefined ? undefined : `${which === 'coming' ? 'this' : which} ${weekday}`;
  });
}

function readNamedDay(reader: TokenReader): string | undefined {
  if (reader.take('today')) return 'today';
  if (reader.take('tomorrow', 'tmrw', 'tmr')) return 'tomorrow';
  if (reader.take('yesterday')) return 'yesterday';
  reader.take('the');
  return reader.takeAll('day', 'after', 'tomorrow') ? 'in 2 days' : undefined;
}

function readIsoDate(reader: TokenReader): string | undefined {
  const token = reader.peek();
  if (token?.kind !== 'date') return undefined;
  reader.position += 1;
  return token.text;
}

/** Reads "tonight", "this evening": a part of today. */
export const partTodayClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const isTonight = reader.take('tonight');
    const part = isTonight ? 'night' : reader.take('this') ? partOfDay(reader.text()) : undefined;
    if (part === undefined) return false;
    if (!isTonight) reader.position += 1;
    setOnce(draft, 'partOfDay', part, reader, start);
    return setOnce(draft, 'date', 'today', reader, start);
  });

/**
 * Reads "tomorrow", "next monday", "on 3 December 2026", "2026-12-03", with an optional "morning" after a named day.
 */
export const dateClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on');
    const relative = reader.attempt(() => readNamedDay(reader)) ?? readNext(reader);
    const weekday = relative === undefined ? reader.attempt(() => readLeadingWeekday(reader)) : undefined;
    const date = relative ?? readDated(reader) ?? readIsoDate(reader);
    if (date === undefined) return false;
    setOnce(draft, 'date', weekday === undefined ? date : `${weekday} ${date}`, reader, start);
    const part = relative === undefined ? undefined : partOfDay(reader.text());
    if (part === undefined) return true;
    reader.position += 1;
    return setOnce(draft, 'partOfDay', part, reader, start);
  });

function readLeadingWeekday(reader: TokenReader): string | undefined {
  const weekday = takeWord(reader, WEEKDAY_WORDS);
  if (weekday !== undefined) reader.take(',');
  return weekday;
}
