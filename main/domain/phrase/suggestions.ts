import { editDistance } from '../words/edit-distance.ts';
import type { PhraseProblem } from './phrase-problem.ts';
import { KNOWN_WORDS } from './known-words.ts';

/** One phrase of each kind, shown when nothing closer is found. A test checks that each is understood. */
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
    const distance = editDistance(lower, candidate);
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance];
  }
  return best;
}

const escaped = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);

function replaceWord(text: string, word: string, by: string): string {
  return text.replace(new RegExp(`(?<![\\p{L}\\d])${escaped(word)}(?![\\p{L}\\d])`, 'iu'), by);
}

const tidy = (phrase: string): string => phrase.replace(/\s+/g, ' ').trim();

/** Returns the phrase with misspelt words corrected, and the phrase without the words that are not understood. */
function repaired(text: string, unused: readonly string[]): string[] {
  const spelt = unused.reduce((phrase, word) => replaceWord(phrase, word, corrected(word) ?? word), text);
  const without = unused.reduce((phrase, word) => replaceWord(phrase, word, corrected(word) ?? ''), text);
  const bare = unused.reduce((phrase, word) => replaceWord(phrase, word, ''), text);
  return [spelt, without, bare].map(tidy).filter((phrase) => phrase !== '' && phrase !== text);
}

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}]+|\d+/gu) ?? [];

/** Returns how similar two phrases are: words in common divided by all words. */
function likeness(a: readonly string[], b: readonly string[]): number {
  const common = b.filter((word) => a.includes(word)).length;
  return common / (new Set([...a, ...b]).size || 1);
}

/** Returns up to three phrases similar to a refused one, the closest first. All of them are understood. */
export function suggestionsFor(
  text: string,
  problem: PhraseProblem,
  isUnderstood: (phrase: string) => boolean,
): string[] {
  const words = wordsOf(text);
  const examples = [...EXAMPLES].sort((a, b) => likeness(words, wordsOf(b)) - likeness(words, wordsOf(a)));
  const few = problem.isUnknown && problem.words.length <= 8 ? repaired(text, problem.words) : [];
  const repairs = problem.repairs.map(([word, by]) => tidy(replaceWord(text, word, by)));
  const found: string[] = [];
  for (const phrase of [...repairs, ...problem.suggestions, ...few]) {
    if (!found.includes(phrase) && isUnderstood(phrase)) found.push(phrase);
  }
  return [...new Set([...found, ...examples])].slice(0, MOST);
}
