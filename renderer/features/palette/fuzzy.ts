/** A text in the form in which it is searched. */
export interface Searchable {
  readonly whole: string;
  /** Where words begin in `whole`. */
  readonly starts: readonly number[];
}

/** Folds case and accents, so that `cafe` finds `Café`. */
const folded = (text: string): string => text.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase();

export function searchable(text: string): Searchable {
  const whole = folded(text);
  return { whole, starts: [...whole.matchAll(/[\p{L}\p{N}]+/gu)].map(({ index }) => index) };
}

export const wordsOf = (typed: string): string[] => folded(typed).split(/\s+/).filter(Boolean);

/** What a typed word is worth where it is found; 0 is not found. */
const WORTH = { word: 100, start: 80, inside: 50, letters: 30 } as const;
/** A word this short would find its letters nearly anywhere. */
const SHORTEST_SPREAD = 3;

/**
 * Returns how well a typed word fits a text, 0 for not at all: a whole word, the start of a word, a part of a word, or
 * its letters in order within few characters from the start of a word on (`bckup` in `Backup`).
 */
function fitOf(word: string, { whole, starts }: Searchable): number {
  let best = 0;
  for (let at = whole.indexOf(word); at !== -1 && best < WORTH.word; at = whole.indexOf(word, at + 1)) {
    const isStart = starts.includes(at);
    const isEnd = !/[\p{L}\p{N}]/u.test(whole.charAt(at + word.length));
    best = Math.max(best, isStart ? (isEnd ? WORTH.word : WORTH.start) : WORTH.inside);
  }
  if (best > 0 || word.length < SHORTEST_SPREAD) return best;
  for (const start of starts) {
    const missing = lettersBetween(word, whole, start);
    if (missing !== null) best = Math.max(best, WORTH.letters - missing);
  }
  return best;
}

/** Returns the number of letters that were left out, or null if the letters are not there or too far apart. */
function lettersBetween(word: string, whole: string, start: number): number | null {
  if (whole[start] !== word[0]) return null;
  const most = word.length + 1;
  let at = start;
  for (const letter of word) {
    at = whole.indexOf(letter, at) + 1;
    if (at === 0 || at - start > word.length + most) return null;
  }
  return at - start - word.length;
}

/**
 * Returns how well all typed words fit: each in the best of the texts, which count for less from the first to the last.
 * 0 if a word fits none.
 */
export function scoreOf(words: readonly string[], texts: readonly Searchable[]): number {
  let sum = 0;
  for (const word of words) {
    let best = 0;
    for (const [index, text] of texts.entries()) best = Math.max(best, fitOf(word, text) / (1 + index / 2));
    if (best === 0) return 0;
    sum += best;
  }
  return sum / words.length;
}
