import { setOnce } from './clause.ts';
import type { Clause } from './clause.ts';
import { applyEvery, setRate } from './every.ts';
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

/** Words that mean twice in a period, or once in two: what each can mean, and how to say it. */
const TWICE: Readonly<Record<string, { readonly means: string; readonly say: readonly string[] }>> = {
  biweekly: {
    means: 'could be every 2 weeks or twice a week. Say which.',
    say: ['every 2 weeks', 'every monday and thursday'],
  },
  bimonthly: {
    means: 'could be every 2 months or twice a month. Say which.',
    say: ['every 2 months', 'on the 1st and 15th of the month'],
  },
  semiweekly: { means: 'is twice a week: name the days.', say: ['every monday and thursday'] },
  semimonthly: { means: 'is twice a month: name the days.', say: ['on the 1st and 15th of the month'] },
  biannually: {
    means: 'could be every 6 months or every 2 years. Say which.',
    say: ['every 6 months', 'every 24 months'],
  },
  semiannually: { means: 'is twice a year. Write "every 6 months".', say: ['every 6 months'] },
};

/** "biweekly on friday": the days of the second reading are Friday and another one. */
function withNextDay(word: string, reader: TokenReader): (readonly [string, string])[] {
  if (word !== 'biweekly') return [];
  const at = reader.text() === 'on' ? 1 : 0;
  const [day] = [reader.tokens[reader.position + at]];
  if (day?.kind !== 'word' || !/^(?:mon|tue|wed|thu|fri|sat|sun)/i.test(day.raw)) return [];
  const other = /^mon/i.test(day.raw) ? 'thursday' : 'monday';
  const said = at === 1 ? `${word} on` : word;
  return [
    [word, 'every 2 weeks'],
    [said, `every ${other} and`],
  ];
}

/** Reads "daily", "half-hourly", "quarterly". */
export const adverbClause: Clause = (reader, draft) =>
  reader.attempt(() => {
    const start = reader.position;
    if (reader.take('half')) {
      reader.take('-');
      return reader.take('hourly') && setRate(draft, 'minute', 30, reader, start);
    }
    const word = reader.text();
    const twice = TWICE[word];
    if (twice !== undefined) {
      reader.position += 1;
      const repairs = withNextDay(word, reader);
      throw new PhraseProblem(`"${word}" ${twice.means}`, [word], repairs.length > 0 ? [] : twice.say, { repairs });
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
