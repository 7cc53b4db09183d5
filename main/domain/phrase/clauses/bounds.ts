import { RANGE_WORDS, setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { readBoundDate } from './once.ts';
import type { TokenReader } from '../token-reader.ts';
import { unitOf } from '../vocabulary.ts';

const START_WORDS: readonly (readonly string[])[] = [
  ['starting', 'from'],
  ['starting', 'on'],
  ['starting', 'in'],
  ['starting'],
  ['beginning', 'on'],
  ['beginning'],
  ['since'],
  ['from'],
];
const END_WORDS: readonly (readonly string[])[] = [['ending', 'on'], ['ending'], ['until'], ['till'], ['through']];

/**
 * Reads "from 1 December", "starting monday", "from 2026-12-01 until 2026-12-24": the day before which nothing runs.
 * "From monday to friday", "from 9 to 17" and "from march to june" are ranges, which other clauses read.
 */
export const startClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (!START_WORDS.some((words) => reader.takeAll(...words))) return false;
    const date = readBoundDate(reader);
    if (date === undefined) return false;
    const isFrom = reader.tokens[start]?.text === 'from';
    if (isFrom && RANGE_WORDS.includes(reader.text()) && reader.text() !== 'until' && reader.text() !== 'till')
      reader.attempt(() => readEnd(reader, draft, start));
    return setOnce(draft, 'starts', date, reader, start);
  });

/** Reads the end of "from 1 december to 24 december". */
function readEnd(...[reader, draft, start]: [...Parameters<Clause>, number]): boolean {
  reader.take(...RANGE_WORDS);
  const date = readBoundDate(reader);
  return date !== undefined && setOnce(draft, 'ends', date, reader, start);
}

/** Reads "for the next two weeks", "for 10 days": how long it runs, from its first day or today. */
function readLength(reader: TokenReader): string | undefined {
  return reader.attempt(() => {
    if (!reader.take('for')) return undefined;
    reader.take('the');
    reader.take('next', 'coming');
    const count = reader.takeNumber();
    const unit = unitOf(reader.text());
    if (count === undefined || !Number.isInteger(count) || count < 1 || count > 1000) return undefined;
    if (unit !== 'day' && unit !== 'week' && unit !== 'month' && unit !== 'year') return undefined;
    reader.position += 1;
    return `${count} ${unit}s`;
  });
}

/** Reads "until 24 December", "ending on friday", "for the next two weeks": the last day on which it runs. */
export const endClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const length = readLength(reader);
    if (length !== undefined) return setOnce(draft, 'ends', length, reader, start);
    if (!END_WORDS.some((words) => reader.takeAll(...words))) return false;
    const date = readBoundDate(reader);
    return date !== undefined && setOnce(draft, 'ends', date, reader, start);
  });

/** Reads "counted from 4 december 2026", with "at 10:00" for an interval of real time. */
export const countedClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (!reader.takeAll('counted', 'from')) return false;
    const date = readBoundDate(reader);
    if (date === undefined) return false;
    return setOnce(draft, 'countedFrom', date, reader, start);
  });
