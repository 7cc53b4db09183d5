import { editDistance } from '../domain/words/edit-distance.ts';

/**
 * Returns the candidate closest to a mistyped word. Null if none is close: it may differ by a third of its letters, or by
 * two.
 */
export function closest(word: string, candidates: readonly string[]): string | null {
  const typed = word.slice(0, 64);
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate ?? null;
}
