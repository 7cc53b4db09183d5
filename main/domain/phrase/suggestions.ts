import { editDistance } from '../words/edit-distance.ts';
import type { PhraseProblem } from './phrase-problem.ts';
import { KNOWN_WORDS } from './known-words.ts';
import { MONTH_WORDS, NUMBER_WORDS, UNIT_WORDS, WEEKDAY_WORDS } from './vocabulary.ts';
import { likelyReadings } from './likely-readings.ts';

/** One phrase of each kind, shown as examples when nothing closer is found. A test checks that each is understood. */
export const EXAMPLES: readonly string[] = [
  'every day at 9am',
  'every weekday at 9am',
  'every 5 minutes',
  'every hour',
  'every 2 hours',
  'every monday at 9am',
  'every monday and wednesday at 9am',
  'every weekend at 10am',
  'every 15 minutes between 9am and 5pm on weekdays',
  'every month on the 1st at 9am',
  'last day of the month at 5pm',
  'first monday of the month at 9am',
  'every quarter',
  'every year on january 1st',
  'every day at 9am and 5pm',
  'every day at 9am in Tokyo',
  'in 5 minutes',
  'in 2 hours',
  'tomorrow at 9am',
  'next monday at 10am',
];

const MOST = 3;
/** Returns the word of the grammar that was probably meant, if one is close enough. */
function corrected(word: string): string | undefined {
  const lower = word.toLowerCase();
  if (lower.length < 3 || lower.length > 15) return undefined;
  const allowed = lower.length > 5 ? 2 : 1;
  let best: string | undefined;
  let bestDistance = allowed + 1;
  for (const candidate of KNOWN_WORDS) {
    if (candidate.length < 4 || Math.abs(candidate.length - lower.length) > allowed) continue;
    // People rarely mistype the first letter, and "Pune" is not "June".
    if (candidate[0] !== lower[0]) continue;
    const distance = editDistance(lower, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best ?? unscrambled(lower);
}

const letters = (word: string): string => [...word].sort().join('');

/** Returns the word with the same letters and the same first one: "dya" is "day", "daliy" is "daily". */
function unscrambled(word: string): string | undefined {
  return [...KNOWN_WORDS].find((known) => known[0] === word[0] && letters(known) === letters(word));
}

function replaceWord(text: string, word: string, by: string): string {
  return text.replace(new RegExp(`(?<![\\p{L}\\d])${escaped(word)}(?![\\p{L}\\d])`, 'iu'), by);
}

const tidy = (phrase: string): string => phrase.replace(/\s+/g, ' ').trim();

/** Words that limit, negate, count or start: without one of them, a phrase means something else, often the opposite. */
const NEVER_CUT: ReadonlySet<string> = new Set(
  (
    'after alternate apart ash bar before beginning black but easter even except excepting excluding first for fortnight from good instead last minus ' +
    'no not odd of once only or other over past save second since skip start starting than third till to twice under ' +
    'unless until when while without'
  ).split(' '),
);

/** Days, months, units and numbers: a phrase without them is another one. */
const SAYS_WHEN: ReadonlySet<string> = new Set(
  [WEEKDAY_WORDS, MONTH_WORDS, NUMBER_WORDS].flatMap(Object.keys).concat(UNIT_WORDS),
);

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

/** A word before a unit may say which of them: "every leap day" is not every day. */
const saysWhich = (word: string, text: string): boolean =>
  new RegExp(String.raw`\b${escaped(word)}[ -](?:days?|weeks?|months?|years?|hours?|minutes?|time)\b`, 'i').test(text);

/** A word in capitals may be a time zone. */
const mayCut = (word: string, text: string): boolean =>
  !NEVER_CUT.has(word.toLowerCase()) &&
  !SAYS_WHEN.has(word.toLowerCase()) &&
  !/\d|^[A-Z]{2,5}$/.test(word) &&
  !saysWhich(word, text);

/**
 * Returns the phrase with misspelt words corrected, then without those that no correction was found for. A word that may
 * not be cut stays, so that the phrase stays refused.
 */
function repaired(text: string, unused: readonly string[]): string[] {
  const spelt = unused.reduce((phrase, word) => replaceWord(phrase, word, corrected(word) ?? word), text);
  const cut = unused.every((word) => mayCut(word, text))
    ? unused.reduce((phrase, word) => replaceWord(phrase, word, corrected(word) ?? ''), text)
    : text;
  return [spelt, cut].map(tidy).filter((phrase) => phrase !== '' && phrase !== text);
}

/** Returns the phrase without its unknown words, also those that look like a misspelling: "post" is not "past". */
function withoutUnknown(text: string, unused: readonly string[]): string[] {
  const known = (word: string): boolean => KNOWN_WORDS.has(word.toLowerCase());
  if (unused.some((word) => known(word) || !mayCut(word, text))) return [];
  return [tidy(unused.reduce((phrase, word) => replaceWord(phrase, word, ''), text))];
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}]+|\d+/gu) ?? [];

/** Returns how similar two phrases are: words in common divided by all words. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const common = b.filter((word) => a.includes(word)).length;
  return common / (new Set([...a, ...b]).size || 1);
}

/** Returns the phrase with a suggestion in the place of the words that are not understood, so that the rest is kept. */
function inPlace(text: string, words: readonly string[], suggestion: string): string {
  const pattern = words.map(escaped).join(String.raw`[\s,-]+`);
  return tidy(text.replace(new RegExp(`(?<![\\p{L}\\d])${pattern}(?![\\p{L}\\d])`, 'iu'), suggestion));
}

const TIME = /\b\d{1,2}(?::\d\d)?\s?[ap]m\b|\b\d{1,2}:\d\d\b|\bat \d{1,2}\b/gi;

/** Returns whether a suggestion has the times of day of a phrase: without them it is another schedule. */
const keepsTimes = (suggestion: string, text: string): boolean => {
  const numbers = wordsOf(suggestion);
  const said = (text.match(TIME) ?? []).flatMap((time) => time.match(/\d+/g) ?? []);
  return said.every((number) => numbers.includes(number));
};

/** What a refusal offers: phrases that were probably meant, or else examples that share words with what was said. */
export interface Offer {
  readonly suggestions: readonly string[];
  readonly examples: readonly string[];
}

/**
 * Returns up to three phrases that were probably meant: those that keep the most of what was said first. Examples only if
 * there are none. All of them are understood.
 */
export function offerFor(text: string, problem: PhraseProblem, isUnderstood: (phrase: string) => boolean): Offer {
  const few = problem.isUnknown && problem.words.length <= 8 ? repaired(text, problem.words) : [];
  const repairs = problem.repairs.map(([word, by]) => tidy(replaceWord(text, word, by)));
  const kept = problem.words.length === 0 ? [] : problem.suggestions.map((each) => inPlace(text, problem.words, each));
  const likely = likelyReadings(text).map(tidy);
  const whole = [...repairs, ...likely, ...kept, ...few].filter((phrase) => phrase !== text && isUnderstood(phrase));
  const bare = problem.isUnknown && problem.words.length <= 8 ? withoutUnknown(text, problem.words) : [];
  const others = [...problem.suggestions, ...bare.filter((phrase) => phrase !== '')];
  const found = whole.length > 0 ? whole : others.filter((phrase) => keepsTimes(phrase, text) && isUnderstood(phrase));
  if (found.length > 0) return { suggestions: [...new Set(found)].slice(0, MOST), examples: [] };
  const words = wordsOf(text);
  const byLikeness = (a: string, b: string): number => likeness(words, wordsOf(b)) - likeness(words, wordsOf(a));
  return { suggestions: [], examples: [...EXAMPLES].sort(byLikeness).slice(0, MOST) };
}
