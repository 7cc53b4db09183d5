import { editDistance } from './edit-distance.ts';

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

/**
 * Returns the field that a mistyped or guessed name means: one that contains it or is contained in it (`timeout`,
 * `maxRetries`), or else the closest one. Null if none is close.
 */
export function closestField(name: string, fields: readonly string[]): string | null {
  const typed = name.slice(0, 64).toLowerCase();
  const related = fields.find((field) => {
    const known = field.toLowerCase();
    return typed.length >= 4 && known.length >= 4 && (known.includes(typed) || typed.includes(known));
  });
  return related ?? closest(name, fields);
}
