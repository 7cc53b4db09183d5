type Fields = Readonly<Record<string, unknown>>;

/** Longest text that a shortened value keeps, in characters. */
const longestText = 300;

/** What stands in the place of what was left out. */
const cutMark = /… \(\d+ more (?:characters|items|members)\)$/;

/** Returns the first place in a value that `shortened` cut. Sent back, it would destroy the whole value. */
export function cutPlace(value: unknown, place = ''): string | null {
  if (typeof value === 'string') return cutMark.test(value) ? place : null;
  if (typeof value !== 'object' || value === null) return null;
  for (const [name, item] of Object.entries(value)) {
    const found = cutPlace(item, place === '' ? name : `${place}.${name}`);
    if (found !== null) return found;
  }
  return null;
}

/**
 * Returns a copy whose JSON has about `most` characters: long texts are cut, and the last members and items left out,
 * with a remark in their place.
 */
export function shortened(value: unknown, most: number): unknown {
  return new Shortening(most).of(value);
}

class Shortening {
  #left: number;

  constructor(most: number) {
    this.#left = most;
  }

  of(value: unknown): unknown {
    if (typeof value === 'string') return this.#text(value);
    if (Array.isArray(value)) return this.#items(value);
    if (typeof value === 'object' && value !== null) return this.#members(value as Fields);
    this.#left -= 8;
    return value;
  }

  #text(text: string): string {
    const kept = Math.max(20, Math.min(longestText, this.#left));
    this.#left -= Math.min(text.length, kept) + 2;
    // A text that is a little longer than its remark stays whole.
    if (text.length <= kept + 30) return text;
    return `${text.slice(0, kept)} … (${text.length - kept} more characters)`;
  }

  #items(items: readonly unknown[]): unknown[] {
    const shown: unknown[] = [];
    for (const item of items) {
      if (this.#left <= 0) return [...shown, `… (${items.length - shown.length} more items)`];
      shown.push(this.of(item));
    }
    return shown;
  }

  #members(fields: Fields): Record<string, unknown> {
    const shown: [string, unknown][] = [];
    const entries = Object.entries(fields);
    for (const [name, value] of entries) {
      if (this.#left <= 0)
        return Object.fromEntries([...shown, ['…', `… (${entries.length - shown.length} more members)`]]);
      this.#left -= name.length + 3;
      shown.push([name, this.of(value)]);
    }
    return Object.fromEntries(shown);
  }
}

/** Characters of each field of an entry in a listing. */
const fieldInListing = 600;

/** Returns an entry of a listing: all its fields, each shortened. The whole entry is read by its id. */
export function listed<T extends Fields>(entry: T): T {
  const fields = Object.entries(entry).map(([name, value]) => [name, shortened(value, fieldInListing)]);
  return Object.fromEntries(fields) as T;
}

export interface Bounded<T> {
  readonly value: T;
  /** The fields that were shortened. */
  readonly cut: readonly string[];
}

/** Returns the record whole, but with its largest fields shortened until its JSON has at most `most` characters. */
export function bounded<T extends Fields>(record: T, most: number): Bounded<T> {
  const sizes = Object.entries(record).map(([name, value]) => ({ name, size: sizeOf(value) }));
  let total = sizes.reduce((sum, { size }) => sum + size, 0);
  const cut: string[] = [];
  const fields: Record<string, unknown> = { ...record };
  for (const { name, size } of sizes.sort((a, b) => b.size - a.size)) {
    if (total <= most) break;
    fields[name] = shortened(record[name], 2000);
    total -= size - sizeOf(fields[name]);
    cut.push(name);
  }
  return { value: fields as T, cut };
}

/** Returns the length of the JSON of a value; 0 for undefined. */
export function sizeOf(value: unknown): number {
  const json: string | undefined = JSON.stringify(value);
  return json === undefined ? 0 : json.length;
}
