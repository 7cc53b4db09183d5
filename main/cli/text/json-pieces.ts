import { isAscii } from 'node:buffer';
import { plainJson } from '../../domain/visible-text.ts';

/** Elements of a long list in one piece. This many tasks make about 64 KB, which a pipe accepts at once. */
const elementsPerPiece = 128;

/**
 * Yields the text of `safeJson` and a final line break in pieces. The reader gets the first pieces while the last ones
 * are still being made, and a long list is never in memory as one text.
 */
export function* jsonPieces(document: object): Generator<Uint8Array> {
  let before = '{\n';
  for (const [name, value] of Object.entries(document) as [string, unknown][]) {
    for (const text of fieldTexts(name, value)) {
      yield safeBytes(before + text);
      before = '';
    }
    if (before === '') before = ',\n';
  }
  yield safeBytes(before === '{\n' ? '{}\n' : '\n}\n');
}

/** Yields a field of the document, indented and without the comma; nothing for a field that JSON omits. */
function* fieldTexts(name: string, value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length <= elementsPerPiece) {
    const text = innerText(name, value);
    if (text !== '') yield text;
    return;
  }
  const opening = `  ${JSON.stringify(name)}: [\n`;
  const closing = '\n  ]';
  for (let from = 0; from < value.length; from += elementsPerPiece) {
    const elements = innerText(name, value.slice(from, from + elementsPerPiece)).slice(opening.length, -closing.length);
    yield (from === 0 ? opening : ',\n') + elements;
  }
  yield closing;
}

/** Returns a field without its braces. `JSON.stringify` indents by depth, so the field is wrapped in an object first. */
function innerText(name: string, value: unknown): string {
  return JSON.stringify({ [name]: value }, null, 2).slice('{\n'.length, -'\n}'.length);
}

function safeBytes(json: string): Uint8Array {
  const bytes = Buffer.from(json);
  // Most lists are ASCII without DEL, and checking bytes is ten times as fast as searching the text.
  return isAscii(bytes) && !bytes.includes(0x7f) ? bytes : Buffer.from(plainJson(json));
}
