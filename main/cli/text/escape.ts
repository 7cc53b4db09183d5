import { escapedCharacter, plainLines, unsafeCharacters } from '../../domain/visible-text.ts';

export { plain, plainLines } from '../../domain/visible-text.ts';

/** One line of JSON, safe on a terminal. */
export function safeLine(document: unknown): string {
  return JSON.stringify(document).replace(unsafeCharacters, escapedCharacter);
}

// Without C0: JSON.stringify has escaped those, and the line breaks left are its own. A pattern that matched them would
// cost more than the rest of a long answer.
const unsafeInJson =
  /[\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\u{e0000}-\u{e007f}]/gu;

/** JSON whose text is safe on a terminal too: JSON.stringify leaves C1 controls and reordering marks as they are. */
export function safeJson(document: unknown): string {
  return JSON.stringify(document, null, 2).replace(unsafeInJson, escapedCharacter);
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
