import { describe, expect, it } from 'vitest';
import { acceptedPhrases, phraseContext as context } from '../../testing/accepted-phrases.ts';
import { SchedulerError } from '../errors.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { understandSchedule } from './understand-schedule.ts';

/** Returns what a phrase means; null if it is refused. */
function meaning(phrase: string): string | null {
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
