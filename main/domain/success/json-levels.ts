/**
 * How deep JSON of people and other programs may be nested. What follows each level with a call of its own, such as
 * `JSON.stringify`, ends at a few thousand.
 */
export const mostLevels = 1000;

/** Returns where the objects and arrays of a JSON text are nested deeper than `mostLevels`; null if they never are. */
export function placeTooDeep(text: string): number | null {
  let depth = 0;
  // A text in quotes, or one bracket. An unfinished text ends the search: nothing after it is structure.
  for (const match of text.matchAll(/"[^"\\]*(?:\\.[^"\\]*)*(?:"|$)|[[\]{}]/gs)) {
    const [found] = match;
    if (found === '[' || found === '{') depth += 1;
    else if (found === ']' || found === '}') depth -= 1;
    if (depth > mostLevels) return match.index;
  }
  return null;
}
