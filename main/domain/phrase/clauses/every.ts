import { setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { readMonths, weekdaysClause } from './days.ts';
import { calendarClause, ordinalClause, readOrdinal } from './month-days.ts';
import type { Draft } from '../meaning/draft.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { partOfDay, unitOf, WEEKDAY_WORDS } from '../vocabulary.ts';
import type { Unit } from '../vocabulary.ts';

export function setRate(
  draft: Draft,
  unit: 'minute' | 'hour',
  every: number,
  reader: TokenReader,
  start: number,
): true {
  draft.recurring = true;
  return setOnce(draft, 'rate', { unit, every }, reader, start);
}

function setPeriod(draft: Draft, period: NonNullable<Draft['period']>, reader: TokenReader, start: number): true {
  draft.recurring = true;
  return setOnce(draft, 'period', period, reader, start);
}

function everyMonths(draft: Draft, count: number, reader: TokenReader, start: number): true {
  if (count === 12) return setPeriod(draft, 'year', reader, start);
  if (12 % count === 0) setOnce(draft, 'monthStep', count, reader, start);
  else setOnce(draft, 'phase', { count, unit: 'month' }, reader, start);
  return setPeriod(draft, 'month', reader, start);
}

function everyNth(
  draft: Draft,
  unit: 'day' | 'week' | 'year',
  count: number,
  reader: TokenReader,
  start: number,
): true {
  if (count > MOST_PERIODS)
    throw new PhraseProblem(`The interval must be at most ${MOST_PERIODS} ${unit}s.`, reader.wordsSince(start));
  const phase = unit === 'year' ? { count: count * 12, unit: 'month' as const } : { count, unit };
  setOnce(draft, 'phase', phase, reader, start);
  return setPeriod(draft, unit, reader, start);
}

/** The longest phase of years is 1000 months. */
const MOST_PERIODS = 80;

/** Applies "every `count` `unit`s". */
export function applyEvery(draft: Draft, unit: Unit, count: number, reader: TokenReader, start: number): true {
  const words = reader.wordsSince(start);
  const minutes = count * 60;
  if (unit === 'hour' && !Number.isInteger(count) && Number.isInteger(minutes) && count > 0)
    return applyEvery(draft, 'minute', minutes, reader, start);
  if (!Number.isInteger(count) || count < 1)
    throw new PhraseProblem('The interval must be a whole number, at least 1.', words);
  switch (unit) {
    case 'second':
      throw new PhraseProblem('Schedules run on full minutes: seconds are not supported.', words, ['every minute']);
    case 'minute':
      if (count % 60 === 0) return applyEvery(draft, 'hour', count / 60, reader, start);
      return setRate(draft, 'minute', count, reader, start);
    case 'hour':
      if (count % 24 === 0) return applyEvery(draft, 'day', count / 24, reader, start);
      return setRate(draft, 'hour', count, reader, start);
    case 'month':
      return count === 1 ? setPeriod(draft, 'month', reader, start) : everyMonths(draft, count, reader, start);
    case 'quarter':
      return count === 1 ? setPeriod(draft, 'quarter', reader, start) : everyMonths(draft, count * 3, reader, start);
    case 'day':
    case 'week':
    case 'year':
      if (count === 1) return setPeriod(draft, unit, reader, start);
      return everyNth(draft, unit, count, reader, start);
  }
}

/** Reads "other", "2", "second": how many of the following unit. Undefined if no unit follows. */
function readCount(reader: TokenReader): number | undefined {
  return reader.attempt(() => {
    if (reader.take('other', 'alternate')) return 2;
    const number = reader.takeNumber();
    if (number !== undefined) return number;
    if (unitOf(reader.text()) !== undefined && reader.text() !== 'second') return undefined;
    const start = reader.position;
    const ordinal = readOrdinal(reader);
    if (ordinal === undefined || unitOf(reader.text()) === undefined || reader.text(1) === 'of') return undefined;
    if (ordinal < 2) throw ordinalProblem(reader, start, ordinal);
    return ordinal;
  });
}

/** "every third day" counts days; "every first week" and "every last day" name one of them, but not of what. */
function ordinalProblem(reader: TokenReader, start: number, ordinal: number): PhraseProblem {
  const unit = reader.text();
  reader.position += 1;
  const said = reader.wordsSince(start - 1).join(' ');
  const which = ordinal === 1 ? 'first' : 'last';
  const readings: readonly (readonly [string, string])[] = [
    [said, `every ${unit}`],
    ...(unit === 'day' ? [[said, `${which} day of the month`] as const] : []),
    ...(ordinal === 1 && unit === 'month' ? [[said, 'every year in january'] as const] : []),
  ];
  return new PhraseProblem(
    `"${said}" does not say which ${unit} is meant: write "every ${unit}", or name the day.`,
    reader.wordsSince(start - 1),
    unit === 'week' ? [`${which} monday of the month at 9am`] : [],
    { repairs: readings },
  );
}

/** Reads the days of "every other friday": every second week. */
function everyOtherWeekday(reader: TokenReader, draft: Draft, start: number): boolean {
  if (!weekdaysClause(reader, draft)) return false;
  draft.recurring = true;
  return setOnce(draft, 'phase', { count: 2, unit: 'week' }, reader, start);
}

/** Reads a unit. In "every second", "second" is the unit; in "every second monday" it is a number. */
function readUnit(reader: TokenReader): Unit | undefined {
  const isSecond = reader.text() === 'second' && WEEKDAY_WORDS[reader.text(1)] === undefined;
  const unit = isSecond ? 'second' : unitOf(reader.text());
  if (unit !== undefined) reader.position += 1;
  return unit;
}

/** Reads "half hour", "quarter of an hour". */
function readHourPart(reader: TokenReader): number | undefined {
  return reader.attempt(() => {
    const minutes = reader.take('half') ? 30 : reader.take('quarter') ? 15 : 0;
    reader.take('-', 'of');
    reader.take('a', 'an');
    return minutes > 0 && reader.take('hour', 'hr') ? minutes : undefined;
  });
}

function everyPartOfDay(reader: TokenReader, draft: Draft, start: number): boolean {
  const part = partOfDay(reader.text());
  if (part === undefined) return false;
  reader.position += 1;
  setOnce(draft, 'partOfDay', part, reader, start);
  return setPeriod(draft, 'day', reader, start);
}

function everyMonthByName(reader: TokenReader, draft: Draft, start: number): boolean {
  const months = readMonths(reader);
  if (months === undefined) return false;
  setOnce(draft, 'months', months, reader, start);
  return setPeriod(draft, 'year', reader, start);
}

/** Reads "every 5 minutes", "each weekday", "every other day", "every january". */
export const everyClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('once');
    if (!reader.take('every', 'each')) return false;
    reader.take('single');
    const hourPart = readHourPart(reader);
    if (hourPart !== undefined) return setRate(draft, 'minute', hourPart, reader, start);
    const count = readCount(reader);
    if (count !== undefined) {
      const unit = readUnit(reader);
      if (unit !== undefined) return applyEvery(draft, unit, count, reader, start);
      if (count === 2 && everyOtherWeekday(reader, draft, start)) return true;
      reader.position = start + 1;
      draft.recurring = calendarClause(reader, draft) || draft.recurring;
      return reader.position > start + 1;
    }
    const unit = reader.text() === 'weekday' ? undefined : readUnit(reader);
    if (unit !== undefined) return applyEvery(draft, unit, 1, reader, start);
    const known =
      everyPartOfDay(reader, draft, start) ||
      calendarClause(reader, draft) ||
      everyMonthByName(reader, draft, start) ||
      ordinalClause(reader, draft) ||
      weekdaysClause(reader, draft);
    if (known) draft.recurring = true;
    return known;
  });
