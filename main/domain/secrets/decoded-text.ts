/** A text without its escapes, and where each of its characters was. */
export interface DecodedText {
  readonly text: string;
  /** Returns where the escape or character at this position of the decoded text begins in the original. */
  startOf(position: number): number;
  /** Returns where it ends in the original. */
  endOf(position: number): number;
}

interface Escapes {
  /** Text without this has none of these escapes. */
  readonly sign: string;
  /** The source of a regular expression. */
  readonly form: string;
}

/** The source of a character in UTF-8, one character being one byte, that is no backspace. */
const character = '(?:[\\xc0-\\xff][\\x80-\\xbf]{1,3}|[^\\x08])';

const kinds: readonly Escapes[] = [
  // ANSI codes, which stand for nothing.
  { sign: '\x1b', form: '\\x1b\\[[0-9;:?]{0,32}[@-~]' },
  // The other byte of each ASCII character in UTF-16, as PowerShell writes files
  { sign: '\0', form: '\\0' },
  // Characters that another one overwrites, as in bold and underlined text of a manual page
  { sign: '\b', form: `(?:${character}\\x08)+${character}` },
  // URLs
  { sign: '%', form: '%[0-9a-fA-F]{2}' },
  // JSON, strings of programs (also octal, as Git prints names of files), and characters escaped in a shell line
  {
    sign: '\\',
    form: String.raw`\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\0?[0-3][0-7]{2}|\\[bfnrt]|\\[ -/:-@[-\`{-~]`,
  },
  // The quote within single quotes of a shell
  { sign: "'\\''", form: String.raw`'\\''` },
  // HTML and XML
  { sign: '&', form: '&(?:amp|lt|gt|quot|apos|#\\d{1,7}|#[xX][0-9a-fA-F]{1,6});' },
];

/**
 * Returns the text as it reads without the escapes of each kind that it has, and without all of them if it has several
 * kinds. Each kind by itself, because a text may have what is an escape only in another kind. Characters are bytes,
 * also those that escapes stand for.
 */
export function decodings(text: string): DecodedText[] {
  const present = kinds.filter(({ sign }) => text.includes(sign)).map(({ form }) => form);
  const forms = present.length > 1 ? [...present, present.toReversed().join('|')] : present;
  return forms.flatMap((form) => decoded(text, new RegExp(form, 'g')) ?? []);
}

/** Returns null for a text without escapes. */
function decoded(text: string, escape: RegExp): DecodedText | null {
  const pieces: string[] = [];
  // For each run of characters: its position in the decoded text, its place in the original, and the length of each
  // escape there; 0 for characters that were not escaped.
  const positions: number[] = [];
  const places: number[] = [];
  const lengths: number[] = [];
  let length = 0;
  const add = (piece: string, place: number, escaped: number): void => {
    if (piece === '') return;
    pieces.push(piece);
    positions.push(length);
    places.push(place);
    lengths.push(escaped);
    length += piece.length;
  };
  let from = 0;
  for (const match of text.matchAll(escape)) {
    const [whole] = match;
    add(text.slice(from, match.index), from, 0);
    add(meaning(whole), match.index, whole.length);
    from = match.index + whole.length;
  }
  if (from === 0) return null;
  add(text.slice(from), from, 0);
  const runAt = (position: number): number => lastAtMost(positions, position);
  const offsetIn = (run: number, position: number): number =>
    (places[run] ?? 0) + (lengths[run] === 0 ? position - (positions[run] ?? 0) : 0);
  return {
    text: pieces.join(''),
    startOf: (position) => offsetIn(runAt(position), position),
    endOf: (position) => {
      const run = runAt(position);
      return offsetIn(run, position) + Math.max(1, lengths[run] ?? 0);
    },
  };
}

function lastAtMost(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= wanted) low = middle;
    else high = middle - 1;
  }
  return low;
}

const controls: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' };
const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Returns what one escape stands for, in bytes; nothing for an ANSI code and a NUL. */
function meaning(escaped: string): string {
  const kind = escaped.charAt(0);
  if (kind === '\x1b' || kind === '\0') return '';
  if (escaped.includes('\b')) return escaped.slice(escaped.lastIndexOf('\b') + 1);
  if (kind === '%') return String.fromCharCode(parseInt(escaped.slice(1), 16));
  if (kind === "'") return "'";
  if (kind === '&') return entity(escaped.slice(1, -1));
  const letter = escaped.charAt(1);
  if (/^\\\d/.test(escaped)) return String.fromCharCode(parseInt(escaped.slice(1), 8));
  if (letter === 'x' && escaped.length === 4) return String.fromCharCode(parseInt(escaped.slice(2), 16));
  if (letter === 'u' && escaped.length >= 6) {
    const units = [...escaped.matchAll(/\\u(....)/g)].map(([, unit = '']) => parseInt(unit, 16));
    return bytesOf(String.fromCharCode(...units));
  }
  return controls[letter] ?? letter;
}

function entity(name: string): string {
  const known = entities[name];
  if (known !== undefined) return known;
  const code = /^#x/i.test(name) ? parseInt(name.slice(2), 16) : parseInt(name.slice(1), 10);
  return code <= 0x10ffff ? bytesOf(String.fromCodePoint(code)) : '';
}

const bytesOf = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');
