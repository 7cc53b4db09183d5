import type { Clause } from './clause.ts';
import { setOnce } from './clause.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { MONTH_WORDS } from '../vocabulary.ts';

const MONTHS = Object.keys(MONTH_WORDS).filter((word) => word.length > 3 || word === 'may');
const monthName = (month: number): string => MONTHS.find((word) => MONTH_WORDS[word] === month) ?? '';

interface NumericDate {
  readonly numbers: readonly [first: number, second: number];
  readonly year: number | null;
}

/** Reads "3/12", "3/12/2026", "3-12-2026". */
function readNumericDate(reader: TokenReader): NumericDate | undefined {
  return reader.attempt(() => {
    const first = reader.takeNumber();
    const mark = reader.text();
    if (first === undefined || !reader.take('/', '-')) return undefined;
    const second = reader.takeNumber();
    if (second === undefined || ![first, second].every((number) => Number.isInteger(number) && number >= 1)) {
      return undefined;
    }
    const year = reader.attempt(() => (reader.take(mark) ? reader.takeNumber() : undefined)) ?? null;
    // "9-17" is a window and "1/15" a list of anything but a date, unless a year follows.
    if (year === null ? mark === '-' : year < 1970 || year > 9999) return undefined;
    return { numbers: [first, second], year };
  });
}

const isDay = (day: number): boolean => day <= 31;
const isMonth = (month: number): boolean => month <= 12;

/**
 * Reads a date in numbers if only one of them can be the month. Refuses "3/12", which is in December in most countries and
 * in March in some, with both readings.
 */
export const numericDateClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    reader.take('on');
    const from = reader.position;
    const date = readNumericDate(reader);
    if (date === undefined) return false;
    const [first, second] = date.numbers;
    const readings = [
      ...(isDay(first) && isMonth(second) ? [{ day: first, month: second }] : []),
      ...(isMonth(first) && isDay(second) && first !== second ? [{ day: second, month: first }] : []),
    ];
    const [reading, other] = readings;
    if (reading === undefined) return false;
    const said = ({ day, month }: { day: number; month: number }): string =>
      [day, monthName(month), ...(date.year === null ? [] : [date.year])].join(' ');
    if (other !== undefined) {
      const raw = reader.tokens
        .slice(from, reader.position)
        .map((token) => token.raw)
        .join('');
      throw new PhraseProblem(`"${raw}" could be ${said(reading)} or ${said(other)}.`, [raw], [], {
        repairs: [reading, other].map((each) => [raw, said(each)] as const),
      });
    }
    if (date.year !== null) return setOnce(draft, 'date', said(reading), reader, start);
    setOnce(draft, 'months', [reading.month], reader, start);
    return setOnce(draft, 'monthDays', [reading.day], reader, start);
  });

/** Refuses "half seven", which is 7:30 in Britain and 6:30 in German and other languages, with both readings. */
export const halfHourClause: Clause = (reader) =>
  reader.attempt(() => {
    reader.take('at');
    const start = reader.position;
    if (!reader.take('half')) return false;
    const hour = reader.takeNumber();
    if (hour === undefined || hour < 1 || hour > 12 || !Number.isInteger(hour)) return false;
    const words = reader.wordsSince(start);
    const said = words.join(' ');
    const before = hour === 1 ? 12 : hour - 1;
    throw new PhraseProblem(`"${said}" could be half past ${before} or half past ${hour}.`, words, [], {
      repairs: [hour, before].map((each) => [said, `half past ${each}`] as const),
    });
  });

const DURATION_UNITS: Readonly<Record<string, string>> = { m: 'minutes', h: 'hours' };

/** Refuses an ISO 8601 duration such as PT5M, which could be an interval or a distance from now. */
export const durationClause: Clause = (reader) =>
  reader.attempt(() => {
    const start = reader.position;
    if (!reader.take('pt')) return false;
    const count = reader.takeNumber();
    const unit = DURATION_UNITS[reader.text()];
    if (count === undefined || unit === undefined) return false;
    reader.position += 1;
    const raw = reader.wordsSince(start).join('');
    throw new PhraseProblem(`"${raw}" is a duration: say whether it is an interval or the time from now.`, [raw], [], {
      repairs: ['every', 'in'].map((word) => [raw, `${word} ${count} ${unit}`] as const),
    });
  });
