export interface Piece {
  text: string;
  marked: boolean;
}

const escapeForPattern = (word: string): string => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** Splits a text into pieces and marks the given words where they occur as whole words, ignoring case. */
export function markWords(value: string, words: readonly string[]): Piece[] {
  const wanted = words.map((word) => word.trim()).filter(Boolean);
  if (wanted.length === 0) return [{ text: value, marked: false }];
  const longestFirst = [...wanted].sort((a, b) => b.length - a.length).map(escapeForPattern);
  const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${longestFirst.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
  const pieces: Piece[] = [];
  let end = 0;
  for (const match of value.matchAll(pattern)) {
    if (match.index > end) pieces.push({ text: value.slice(end, match.index), marked: false });
    pieces.push({ text: match[0], marked: true });
    end = match.index + match[0].length;
  }
  if (end < value.length) pieces.push({ text: value.slice(end), marked: false });
  return pieces;
}
