/**
 * C0 and C1 controls, DEL, line separators, the marks that reorder text on screen, and characters that show nothing at
 * all (zero-width spaces, Unicode's tags, which spell hidden text): names, descriptions and results are data. They must
 * not move a cursor, show a different text than they hold, or carry one that only a program can see.
 */
export const unsafeCharacters =
  // eslint-disable-next-line no-control-regex -- control characters are what this is about
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** The character as JSON escapes it, code unit by code unit. */
export function escapedCharacter(character: string): string {
  return character
    .split('')
    .map((unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`)
    .join('');
}

function visible(character: string): string {
  return shortNames[character] ?? escapedCharacter(character);
}

/** One line of text in which every character can be seen. */
export function plain(text: string): string {
  return text.replace(unsafeCharacters, visible);
}

/** As `plain`, but line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(unsafeCharacters, (character) =>
    character === '\n' || character === '\t' ? character : visible(character),
  );
}
