import fc from 'fast-check';
import { cronTexts } from './cron-texts.ts';

/** Valid schedules of every kind. */
export const PHRASES: readonly string[] = [
  'every day at 9am',
  'every 15 minutes between 9am and 5pm on weekdays',
  'first monday of the month at 9am in Tokyo',
  'every monday and wednesday at 9am and 5pm',
  'every day except sunday at 18:30',
  'in 1 hour and 30 minutes',
  'on 3 December 2026 at 14:15',
  'next monday at 10',
  'last day of every quarter at noon',
  'twice a week on monday and thursday at 9am',
  '2026-12-03T14:15:00Z',
  '0 9 * * 1-5',
  '*/15 9-17 1,15 * mon#2',
];
const WORDS = [
  ...new Set(PHRASES.flatMap((phrase) => phrase.split(' '))),
  ...'every each of the at in on and or to from until between except not other half past quarter second last 31 0 -1 99 1.5 9:99 25:00 12am :30 banana ☃ 🕘 ١٢ NULL $(reboot) %s \u0000 @daily @reboot #2 L ? / - ,'.split(
    ' ',
  ),
];

const mutated = fc
  .tuple(
    fc.constantFrom(...PHRASES),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), fc.string({ maxLength: 3 })), { maxLength: 4 }),
  )
  .map(([phrase, changes]) =>
    changes.reduce((text, [at, kind, piece]) => {
      const index = text.length === 0 ? 0 : at % text.length;
      if (kind === 0) return text.slice(0, index) + text.slice(index + 1);
      if (kind === 1) return text.slice(0, index) + piece + text.slice(index);
      if (kind === 2) return text.slice(0, index) + piece + text.slice(index + piece.length);
      return `${text.slice(index)} ${text.slice(0, index)}`;
    }, phrase),
  );
const salad = fc.array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 14 }).map((words) => words.join(' '));
const long = fc
  .tuple(fc.constantFrom(...WORDS, ',', '1,', '*/', '(', 'a'), fc.integer({ min: 50, max: 2000 }), fc.boolean())
  .map(([word, count, spaced]) =>
    Array(count)
      .fill(word)
      .join(spaced ? ' ' : ''),
  );

/** Texts that a schedule field may receive: changed phrases, words in any order, random characters. */
export const scheduleTexts: fc.Arbitrary<string> = fc.oneof(
  { weight: 5, arbitrary: mutated },
  { weight: 5, arbitrary: salad },
  { weight: 3, arbitrary: fc.string({ maxLength: 60, unit: 'binary' }) },
  { weight: 2, arbitrary: fc.string({ maxLength: 40, unit: fc.constantFrom(...'0123456789*/,-#L? ') }) },
  { weight: 1, arbitrary: cronTexts },
  { weight: 1, arbitrary: long },
);
