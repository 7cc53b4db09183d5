import { decodings, type DecodedText } from './decoded-text.ts';
import { TextSearch, type Found } from './text-search.ts';

/** Shorter values are not masked: they occur so often that the log would become unreadable. */
const SHORTEST_MASKED = 4;
const maskText = '***';

/** The longest that a program can make one byte of a secret: `\u0041`. */
const LONGEST_ESCAPE = 6;
/** Bound on what a writer has to hold back, in bytes. */
const MOST_REACH = 64 * 1024;

/**
 * Returns the texts for which to search: each line of a value as it is, in Base64 (from any of the three offsets of
 * its bytes, so also within `user:SECRET`, and in the alphabet of URLs), in the Base64 of UTF-16, which PowerShell takes and
 * prints, and in hex. `Masker` finds them also where single characters are escaped.
 */
export function maskedTexts(values: readonly string[]): string[] {
  const lines = values.flatMap((value) => [value, ...value.split(/\r?\n/)]);
  const long = lines.filter((line) => line.trim().length >= SHORTEST_MASKED);
  return [...new Set(long.flatMap(formsOf))].sort((a, b) => b.length - a.length);
}

function formsOf(value: string): string[] {
  const bytes = Buffer.from(value, 'utf8');
  const hex = bytes.toString('hex');
  const base64 = [bytes, Buffer.from(value, 'utf16le')].flatMap((coded) => [
    coded.toString('base64'),
    ...[0, 1, 2].map((offset) => base64Within(coded, offset)),
  ]);
  const inUrls = base64.map((text) => text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, ''));
  // In a form, spaces become `+`, and everything else is escaped as in a URL.
  return [value, value.replaceAll(' ', '+'), hex, hex.toUpperCase(), ...base64, ...inUrls];
}

/**
 * Returns the part of the Base64 of a longer text that depends on these bytes alone, if they begin `offset` bytes
 * after a multiple of three (RFC 4648, section 4).
 */
function base64Within(bytes: Buffer, offset: number): string {
  const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
  return text.slice(Math.ceil((offset * 8) / 6), Math.floor(((offset + bytes.length) * 8) / 6));
}

/**
 * Replaces secrets by `***` in text of which each character is one byte (`latin1`), in time linear in the text. Also
 * finds them where characters are escaped as in URLs, JSON, HTML or a shell line, or interrupted by ANSI codes.
 */
export class Masker {
  readonly #search: TextSearch;
  /** How much text a secret can take up at most, in bytes: a text that ends here may lack the end of one. */
  readonly reach: number;

  /** @param texts as from `maskedTexts` */
  constructor(texts: readonly string[]) {
    const bytes = texts.flatMap(codesOf);
    this.#search = new TextSearch(bytes.filter((text) => text.length >= SHORTEST_MASKED));
    this.reach = Math.min(MOST_REACH, LONGEST_ESCAPE * Math.max(0, ...bytes.map((text) => text.length)));
  }

  mask(text: string): string {
    if (this.#search.isEmpty) return text;
    const found = this.#search.findAll(text);
    const escaped = decodings(text).flatMap((decoded) =>
      this.#search.findAll(decoded.text).map((span) => original(span, decoded)),
    );
    return found.length + escaped.length === 0 ? text : replaced(text, [...found, ...escaped]);
  }
}

/** Returns a text as bytes: in UTF-8 and, where it is more than ASCII with NULs between, in both orders of UTF-16. */
function codesOf(text: string): string[] {
  const utf8 = Buffer.from(text, 'utf8').toString('latin1');
  if (/^[\0-\x7f]*$/.test(text)) return [utf8];
  const utf16 = Buffer.from(text, 'utf16le');
  return [utf8, utf16.toString('latin1'), Buffer.from(utf16).swap16().toString('latin1')];
}

const original = ({ start, end }: Found, decoded: DecodedText): Found => ({
  start: decoded.startOf(start),
  end: decoded.endOf(end - 1),
});

/** Overlapping secrets become one mask, so that no rest of one is left. */
function replaced(text: string, spans: readonly Found[]): string {
  const pieces: string[] = [];
  let kept = 0;
  let covered = -1;
  for (const { start, end } of [...spans].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= covered) pieces.push(text.slice(kept, start), maskText);
    covered = Math.max(covered, end);
    kept = covered;
  }
  return pieces.join('') + text.slice(kept);
}

/** Returns a copy of a value with all occurrences of the texts masked. */
export function masked<T>(value: T, texts: readonly string[]): T {
  return texts.length === 0 ? value : (maskedValue(value, new Masker(texts)) as T);
}

function maskedValue(value: unknown, masker: Masker): unknown {
  if (typeof value === 'string') return maskedString(value, masker);
  if (Array.isArray(value)) return value.map((item) => maskedValue(item, masker));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [maskedString(key, masker), maskedValue(item, masker)]),
  );
}

function maskedString(text: string, masker: Masker): string {
  const bytes = Buffer.from(text, 'utf8').toString('latin1');
  const hidden = masker.mask(bytes);
  return hidden === bytes ? text : Buffer.from(hidden, 'latin1').toString('utf8');
}
