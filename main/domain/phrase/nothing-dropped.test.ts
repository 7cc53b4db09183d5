import { describe, expect, it } from 'vitest';
import { acceptedPhrases, phraseContext as context } from '../../testing/accepted-phrases.ts';
import { SchedulerError } from '../errors.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { understandSchedule } from './understand-schedule.ts';

const known = new Map<string, string | null>();

/** Returns what a phrase means; null if it is refused. */
function meaning(phrase: string): string | null {
  const found = known.get(phrase);
  if (found !== undefined) return found;
  const read = reading(phrase);
  known.set(phrase, read);
  return read;
}

function reading(phrase: string): string | null {
  try {
    return scheduleKey(understandSchedule(phrase, context).spec);
  } catch (error) {
    if (error instanceof SchedulerError) return null;
    throw error;
  }
}

/** Words of one kind: one in the place of another is another schedule, or none. */
const KINDS: readonly (readonly string[])[] = [
  ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday', 'weekdays', 'weekends'],
  ['mondays', 'thursdays', 'fridays'],
  ['mon', 'wed', 'fri'],
  ['january', 'march', 'june', 'july', 'august', 'december'],
  ['minutes', 'hours', 'days', 'weeks', 'months'],
  ['minute', 'hour', 'day', 'week', 'month', 'quarter', 'year'],
  ['hourly', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'],
  ['first', 'second', 'third', 'last'],
  ['1st', '2nd', '3rd', '10th', '15th', '31st'],
  ['morning', 'afternoon', 'evening', 'night'],
  ['tomorrow', 'today'],
  ['noon', 'midnight', '9am', '5pm', '18:30', '8am', '6am'],
  ['tokyo', 'london', 'paris'],
  ['twice', 'once', 'thrice'],
];

/** Words that turn a phrase into its opposite when they are left out. */
const NEGATIONS = new Set(['except', 'not', 'but', 'without']);

const others = (word: string): readonly string[] =>
  KINDS.filter((kind) => kind.includes(word)).flatMap((kind) => kind.filter((other) => other !== word));

/** Words that join others. */
const JOINING = new Set(['at', 'on', 'the', 'of', 'in', 'and', 'every', 'each', 'a', 'an', '@', '&', '']);

/** Words without which a phrase says the same: the rest says it too, or it is what is read where nothing is said. */
const SAID_TWICE: ReadonlyMap<string, readonly string[]> = new Map([
  // One is the count of a unit alone, and numbers before "past every hour" are minutes.
  ['1', ['every 1 minute']],
  ['once', ['once every 10 minutes']],
  ['minutes', ['every hour at 15 minutes past', 'at 15 minutes past every hour']],
  // Two ends make a range.
  [
    'from',
    [
      'every 15 minutes from 9am to 5pm mon-fri',
      'every 15 minutes from 9am to 4:45pm mon-fri',
      'every 20 minutes from noon until 3pm',
      'from monday through friday at 9am',
    ],
  ],
  // Nine is in the morning, and midnight is assumed, with a warning.
  ['am', ['every day at 9 am']],
  ['a.m.', ['every day at 9 a.m.']],
  ["o'clock", ["every day at 9 o'clock"]],
  ['morning', ['every monday morning at 8', 'tomorrow morning at 8']],
  ['mornings', ['weekday mornings at 7:30']],
  ['midnight', ['midnight daily']],
  // The times are named.
  ['twice', ['twice daily at 9am and 5pm']],
  // "But on weekends" and "not on weekends" mean the same.
  ['but', ['every day but not on weekends at 9am']],
  ['not', ['every day but not on weekends at 9am']],
  // The day says the period, and the period says that it is a day of it.
  ['week', ['every week on monday at 9am']],
  ['weekly', ['weekly on friday at 5pm']],
  ['month', ['every month on the 1st and 15th at 9am']],
  ['monthly', ['monthly on the 15th']],
  ['year', ['every year on december 25 at 9am']],
  ['day', ['first day of the month at 6am', 'first day of every quarter at 9am']],
  // The zone of the machine.
  ['utc', ['every day at 9am UTC', '9am UTC']],
  // The next such time, day or year.
  ['today', ['today at 11:30pm']],
  ['tomorrow', ['tomorrow at 9am', 'tomorrow at 9am in Tokyo']],
  ['2026', ['on 3 December 2026 at 14:15', 'December 3rd, 2026 at 2:15pm', 'thursday, 3 december 2026 at 9am']],
  ['thursday', ['thursday, 3 december 2026 at 9am']],
]);

/** Phrases that say the same twice, so that one of the two words alone says it too. */
const SAYS_TWICE = /\band\b.*\band\b|2nd and 2nd|1st, 10th|midnight daily/;

/** Different words that say the same: half past six is in the evening and in the afternoon. */
const SAME = new Set([
  'every afternoon at 6:30',
  'every night at 6:30',
  'every morning at 2',
  'every sunday evening at 10',
  // Every two hours from 9:00, the last run is at 17:00 either way.
  'every 2 hours between 9am and 18:30',
]);

const swaps = acceptedPhrases.flatMap(([phrase]) => {
  const words = phrase.split(' ');
  return words.flatMap((word, index) =>
    others(word.toLowerCase()).map((other) => ({
      phrase,
      swapped: words.with(index, other).join(' '),
    })),
  );
});

describe('every word of an accepted phrase counts', () => {
  it('is another schedule, or none, with another word of its kind', () => {
    const dropped = swaps.filter(
      ({ phrase, swapped }) => !SAYS_TWICE.test(phrase) && !SAME.has(swapped) && meaning(swapped) === meaning(phrase),
    );
    expect(dropped).toEqual([]);
    expect(swaps.length).toBeGreaterThan(500);
  });

  it('is another schedule, or none, without it, unless it joins others or the rest says the same', () => {
    const dropped = acceptedPhrases.flatMap(([phrase]) => {
      const words = phrase.split(' ');
      return words.flatMap((each, index) => {
        const word = each.toLowerCase().replace(/,$/, '');
        const isSame = !JOINING.has(word) && meaning(words.toSpliced(index, 1).join(' ')) === meaning(phrase);
        return isSame ? [`${phrase}: ${word}`] : [];
      });
    });
    const saidTwice = [...SAID_TWICE].flatMap(([word, phrases]) => phrases.map((phrase) => `${phrase}: ${word}`));
    expect(dropped.sort()).toEqual(saidTwice.sort());
  });

  it('is another schedule, or none, without its negation', () => {
    const phrases = acceptedPhrases.flatMap(([phrase]) => {
      const words = phrase.split(' ');
      const rest = words.filter((word) => !NEGATIONS.has(word));
      return rest.length === words.length ? [] : [{ phrase, rest: rest.join(' ') }];
    });
    expect(phrases.filter(({ phrase, rest }) => meaning(phrase) === meaning(rest))).toEqual([]);
    expect(phrases.length).toBeGreaterThan(3);
  });
});
