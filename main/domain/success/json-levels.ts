/**
 * How deep JSON of people and other programs may be nested. What follows each level with a call of its own, such as
 * `JSON.stringify`, ends at a few thousand.
 */
export const mostLevels = 1000;

const [quote, backslash, openList, closeList, openObject, closeObject] = [0x22, 0x5c, 0x5b, 0x5d, 0x7b, 0x7d];

/**
 * Returns where the objects and arrays of a JSON text are nested deeper than `mostLevels`; null if they never are. A loop,
 * because a regular expression that skips texts in quotes runs out of stack in one with millions of escapes.
 */
export function placeTooDeep(text: string): number | null {
  if (text.length <= mostLevels) return null;
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) at = endOfText(text, at);
    else if (code === openList || code === openObject) depth += 1;
    else if (code === closeList || code === closeObject) depth -= 1;
    if (depth > mostLevels) return at;
  }
  return null;
}

/** Returns where the text in quotes ends that begins at `start`; the end of all if it never does. */
function endOfText(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === quote) return at;
    if (code === backslash) at += 1;
  }
  return text.length;
}
