import { secondMs, minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';

/** The assignments of a unit file (`man 7 systemd.syntax`), by section and name, in order. */
export class Unit {
  readonly #values = new Map<string, string[]>();

  /** @param texts the file, then its drop-ins in their order */
  constructor(texts: readonly string[]) {
    for (const text of texts) this.#read(text);
  }

  /** Returns all values, in order; empty if there are none. */
  all(section: string, name: string): readonly string[] {
    return this.#values.get(`${section}.${name}`) ?? [];
  }

  /** Returns the last value, which counts if only one is allowed. */
  one(section: string, name: string): string | undefined {
    return this.all(section, name).at(-1);
  }

  has(section: string): boolean {
    return [...this.#values.keys()].some((key) => key.startsWith(`${section}.`));
  }

  #read(text: string): void {
    let section = '';
    for (const line of joinedLines(text)) {
      const header = /^\[(.+)\]$/.exec(line);
      if (header !== null) section = header[1] ?? '';
      const [, name = '', value = ''] = /^([^=\s]+)\s*=\s*(.*)$/s.exec(line) ?? [];
      if (header !== null || name === '') continue;
      const key = `${section}.${name}`;
      // An empty assignment discards the values before it.
      if (value === '') this.#values.set(key, []);
      else this.#values.set(key, [...(this.#values.get(key) ?? []), value]);
    }
  }
}

/** Returns lines without comments; a backslash at its end joins a line to the next. */
function joinedLines(text: string): string[] {
  const joined: string[] = [];
  let open = false;
  for (const raw of text.split(/\r?\n/)) {
    if (/^\s*[#;]/.test(raw)) continue;
    const goesOn = raw.endsWith('\\');
    const part = goesOn ? `${raw.slice(0, -1)} ` : raw;
    if (open) joined[joined.length - 1] = `${joined.at(-1) ?? ''}${part}`;
    else joined.push(part);
    open = goesOn;
  }
  return joined.map((line) => line.trim());
}

const escapes: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  s: ' ',
  r: '\r',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
};

/**
 * Returns the words of a command line or of `Environment=`, which may have quotes and C escapes. Null if a quote has no
 * end.
 */
export function wordsOf(text: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let index = 0; index < text.length; index += 1) {
    const char = text[index] ?? '';
    if (char === '\\') {
      const { value, length } = escaped(text.slice(index + 1));
      word = (word ?? '') + value;
      index += length;
    } else if (quote !== null) {
      if (char === quote) quote = null;
      else word = (word ?? '') + char;
    } else if ((char === '"' || char === "'") && word === null) {
      [quote, word] = [char, ''];
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}

function escaped(rest: string): { value: string; length: number } {
  const hex = /^x([0-9a-f]{2})/i.exec(rest);
  if (hex !== null) return { value: String.fromCharCode(Number.parseInt(hex[1] ?? '', 16)), length: 3 };
  const char = rest[0] ?? '';
  return { value: escapes[char] ?? char, length: 1 };
}

/**
 * Returns a time span (`man 7 systemd.time`) in ms: `90`, `1h 30min`, `infinity` (null). A plain number is seconds.
 * Undefined if it is not a time span.
 */
export function timeSpan(text: string): number | null | undefined {
  const written = text.trim();
  if (written === 'infinity') return null;
  if (/^\d+(\.\d+)?$/.test(written)) return Number(written) * secondMs;
  const parts = [...written.matchAll(/(\d+(?:\.\d+)?)\s*([a-zµ]+)\s*/gi)];
  if (parts.map(([whole]) => whole).join('') !== written || parts.length === 0) return undefined;
  const amounts = parts.map(([, amount, unit = '']) => Number(amount) * (unitMs(unit) ?? Number.NaN));
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  return Number.isNaN(sum) ? undefined : sum;
}

const units: readonly (readonly [RegExp, number])[] = [
  [/^(?:s|sec|seconds?)$/, secondMs],
  [/^ms(?:ec)?$/, 1],
  [/^(?:m|min|minutes?)$/, minuteMs],
  [/^(?:h|hr|hours?)$/, hourMs],
  [/^(?:d|days?)$/, dayMs],
  [/^(?:w|weeks?)$/, 604_800_000],
  [/^(?:us|usec|µs)$/, 0.001],
];
const unitMs = (unit: string): number | undefined => units.find(([form]) => form.test(unit))?.[1];
