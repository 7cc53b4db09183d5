import { isAscii } from 'node:buffer';
import { plainJson } from '../../domain/visible-text.ts';

/** Elements of a long list in one piece: about what a pipe takes at once (64 KB) where they are tasks. */
const elementsPerPiece = 128;

/**
 * What `safeJson` makes of a document, with a line break after it, in pieces to write one after the other: its reader
 * has the first ones while the last ones are made, and a long list is never in memory as one text.
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

/** A field as it stands in the document, indented and without the comma; nothing where JSON leaves it out. */
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

/** `JSON.stringify` indents by where a value stands, so each field is written as the only one of its object. */
function innerText(name: string, value: unknown): string {
  return JSON.stringify({ [name]: value }, null, 2).slice('{\n'.length, -'\n}'.length);
}

function safeBytes(json: string): Uint8Array {
  const bytes = Buffer.from(json);
  // Most of what is listed is ASCII without DEL, and bytes are looked at ten times as fast as a text is searched.
  return isAscii(bytes) && !bytes.includes(0x7f) ? bytes : Buffer.from(plainJson(json));
}
