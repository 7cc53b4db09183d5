/**
 * C0 and C1 controls, DEL, line separators, and the marks that reorder text on screen: names, descriptions and results
 * are data, and must not move the cursor, set the window's title or show a different text than they hold.
 */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const unsafe = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

const shortNames: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

function visible(character: string): string {
  return shortNames[character] ?? escaped(character);
}

/** One line of text that a terminal cannot be commanded by. */
export function plain(text: string): string {
  return text.replace(unsafe, visible);
}

/** As `plain`, but line breaks and tabs stay. */
export function plainLines(text: string): string {
  return text.replace(unsafe, (character) =>
    character === '\n' || character === '\t' ? character : visible(character),
  );
}

/** One line of JSON, safe on a terminal. */
export function safeLine(document: unknown): string {
  return JSON.stringify(document).replace(unsafe, escaped);
}

// Without C0: JSON.stringify has escaped those, and the line breaks left are its own. A pattern that matched them would
// cost more than the rest of a long answer.
const unsafeInJson = /[\u007f-\u009f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** JSON whose text is safe on a terminal too: JSON.stringify leaves C1 controls and reordering marks as they are. */
export function safeJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(unsafeInJson, escaped);
}

// eslint-disable-next-line no-control-regex -- SGR (ECMA-48 8.3.117): colours and weights, the only harmless sequences
const sgr = /\u001b\[[0-9;:]*m/g;

/** A log's text for a terminal: line breaks, tabs and colours stay, every other sequence is shown and not obeyed. */
export function colouredLines(text: string): string {
  let safe = '';
  let from = 0;
  for (const match of text.matchAll(sgr)) {
    safe += plainLines(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return safe + plainLines(text.slice(from));
}
