import { editDistance } from '../domain/timing/edit-distance.ts';

/** The candidate nearest to a mistyped word, or null where none is near: a third of its length, at least two letters. */
export function closest(word: string, candidates: readonly string[]): string | null {
  const typed = word.slice(0, 64);
  const [best] = candidates
    .map((candidate) => ({ candidate, distance: editDistance(typed, candidate) }))
    .filter(({ candidate, distance }) => distance <= Math.max(2, candidate.length / 3))
    .sort((a, b) => a.distance - b.distance);
  return best?.candidate ?? null;
}
