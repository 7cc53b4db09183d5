import { setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { applyEvery, EVERY_OTHER, setRate } from './every.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import type { TokenReader } from '../token-reader.ts';
import { unitOf } from '../vocabulary.ts';
import type { Unit } from '../vocabulary.ts';

const ADVERBS: Readonly<Record<string, Unit>> = {
  minutely: 'minute',
  hourly: 'hour',
  daily: 'day',
  nightly: 'day',
  weekly: 'week',
  monthly: 'month',
  quarterly: 'quarter',
  yearly: 'year',
  annually: 'year',
};

const UNSAYABLE: Readonly<Record<string, Unit>> = {
  biweekly: 'week',
  'bi-weekly': 'week',
  semimonthly: 'week',
  biannually: 'year',
  semiannually: 'year',
  bimonthly: 'week',
};

/** Words that mean twice in a period as often as once in two: both readings that can be said. */
const TWICE: Readonly<Record<string, readonly string[]>> = {
  biweekly: ['every 2 weeks', 'every monday and thursday'],
  'bi-weekly': ['every 2 weeks', 'every monday and thursday'],
  bimonthly: ['every 2 months', 'on the 1st and 15th of the month'],
  semimonthly: ['on the 1st and 15th of the month'],
  biannually: ['every 6 months'],
  semiannually: ['every 6 months'],
};

/** Reads "daily", "half-hourly", "quarterly". */
export const adverbClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (reader.take('half')) {
      reader.take('-');
      return reader.take('hourly') && setRate(draft, 'minute', 30, reader, start);
    }
    const word = reader.text();
    const unsayable = UNSAYABLE[word];
    if (unsayable !== undefined) {
      reader.position += 1;
      throw new PhraseProblem(
        `"${word}" is ambiguous, or cron cannot express it.`,
        [word],
        TWICE[word] ?? EVERY_OTHER[unsayable],
      );
    }
    const unit = ADVERBS[word];
    if (unit === undefined) return false;
    reader.position += 1;
    if (word === 'nightly') setOnce(draft, 'partOfDay', 'night', reader, start);
    return applyEvery(draft, unit, 1, reader, start);
  });

function readTimes(reader: TokenReader): number | undefined {
  if (reader.take('once')) return 1;
  if (reader.take('twice')) return 2;
  if (reader.take('thrice')) return 3;
  const number = reader.takeNumber();
  return number !== undefined && reader.take('times', 'time') ? number : undefined;
}

/** Reads "once a week", "twice daily", "3 times a day". The times must then be named one by one. */
export const countClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    const times = readTimes(reader);
    if (times === undefined) return false;
    const adverb = ADVERBS[reader.text()];
    const unit = adverb ?? (reader.take('a', 'an', 'per', 'each', 'every') ? unitOf(reader.text()) : undefined);
    if (unit === undefined) return false;
    reader.position += 1;
    if (times > 1 && (unit === 'hour' || unit === 'minute')) {
      throw new PhraseProblem('Give the number of minutes between the runs.', reader.wordsSince(start), [
        60 % times === 0 ? `every ${60 / times} minutes` : 'every 20 minutes',
      ]);
    }
    setOnce(draft, 'count', { times, per: unit }, reader, start);
    return applyEvery(draft, unit, 1, reader, start);
  });
