import { plainJson, plainLines } from './visible-text.ts';

export { plain, plainLines } from './visible-text.ts';

/** Returns one line of JSON that is safe on a terminal. */
export function safeLine(document: unknown): string {
  return plainJson(JSON.stringify(document));
}

/** Returns JSON that is safe on a terminal: JSON.stringify does not escape C1 controls and reordering marks. */
export function safeJson(document: unknown): string {
  return plainJson(JSON.stringify(document, null, 2));
}

// oxlint-disable-next-line no-control-regex -- SGR (ECMA-48 8.3.117): colours and weights, the only harmless sequences
const sgr = /\u001b\[[0-9;:]*m/g;

/** Returns a log for a terminal: line breaks, tabs and colours stay, every other sequence is shown as text. */
export function colouredLines(text: string): string {
  let safe = '';
  let from = 0;
  for (const match of text.matchAll(sgr)) {
    safe += plainLines(text.slice(from, match.index)) + match[0];
    from = match.index + match[0].length;
  }
  return safe + plainLines(text.slice(from));
}
