export interface Found {
  readonly start: number;
  readonly end: number;
}

/** Bytes that are compared at once; 16 bits are a table that stays in the processor's cache. */
const BLOCK = 2;

/**
 * Searches many texts at once (Wu and Manber, "A fast algorithm for multi-pattern searching", 1994): in time
 * proportional to the searched text, and mostly without looking at each byte. One character is one byte.
 */
export class TextSearch {
  readonly isEmpty: boolean;
  /** Length of the shortest text: only so many bytes of each are compared first. */
  readonly #window: number;
  /** By how many bytes the window can move on if it ends with these two bytes; 0 where a text may have matched. */
  readonly #shift: Uint8Array;
  readonly #candidates = new Map<number, string[]>();

  /** @param texts of two characters or more, each in the range of one byte */
  constructor(texts: readonly string[]) {
    this.isEmpty = texts.length === 0;
    this.#window = Math.min(255, ...texts.map((text) => text.length));
    this.#shift = new Uint8Array(65536).fill(this.#window - BLOCK + 1);
    for (const text of texts) this.#add(text);
  }

  #add(text: string): void {
    for (let end = BLOCK; end <= this.#window; end += 1) {
      const block = blockAt(text, end);
      this.#shift[block] = Math.min(this.#shift[block] ?? 0, this.#window - end);
    }
    const last = blockAt(text, this.#window);
    this.#candidates.set(last, [...(this.#candidates.get(last) ?? []), text]);
  }

  /** Returns every occurrence, also overlapping ones, in order of their window. */
  findAll(text: string): Found[] {
    const found: Found[] = [];
    if (this.isEmpty) return found;
    const shift = this.#shift;
    let end = this.#window;
    while (end <= text.length) {
      const block = blockAt(text, end);
      const move = shift[block] ?? 0;
      if (move === 0) this.#compare(text, end - this.#window, block, found);
      end += move === 0 ? 1 : move;
    }
    return found;
  }

  #compare(text: string, start: number, block: number, found: Found[]): void {
    for (const candidate of this.#candidates.get(block) ?? [])
      if (text.startsWith(candidate, start)) found.push({ start, end: start + candidate.length });
  }
}

/** Returns the two bytes before `end` as one number. */
const blockAt = (text: string, end: number): number =>
  ((text.charCodeAt(end - 2) & 255) << 8) | (text.charCodeAt(end - 1) & 255);
