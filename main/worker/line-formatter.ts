import type { LogStream } from '../contract/log-format.ts';

/** `2026-12-03T14:15:00.000Z out ` and the line end. */
const PREFIX_LENGTH = 24 + 1 + 3 + 1;
const LINE_FEED = 10;
/** Larger inputs are processed in slices of this size, so that no line is searched twice. */
const SLICE = 64 * 1024;

/** Masks text, and says how much of it one secret can take up. */
export interface LineMasker {
  mask(text: string): string;
  readonly reach: number;
}

/**
 * Turns one stream's bytes into log lines. Holds text as a latin1 string, one character per byte: nothing is decoded,
 * so invalid UTF-8 and binary data stay unchanged.
 */
export class LineFormatter {
  readonly #stream: LogStream;
  readonly #maxLine: number;
  /** The unfinished last line. */
  #partial = '';

  readonly #masker: LineMasker;

  /** @param masker masks what a line holds before the line is cut. @default masks nothing */
  constructor(stream: LogStream, maxLine: number, masker: LineMasker = { mask: (text) => text, reach: 0 }) {
    this.#stream = stream;
    this.#maxLine = maxLine;
    this.#masker = masker;
  }

  /** The longest line that this formatter writes, in bytes, including prefix and line end. */
  get longestLine(): number {
    return this.#maxLine + PREFIX_LENGTH + 1;
  }

  /** What follows the last line end, one character per byte; empty for nothing. */
  get unfinished(): string {
    return this.#partial;
  }

  push(chunk: Uint8Array, now: number): string {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength);
    const prefix = this.#prefix(now);
    let formatted = '';
    for (let at = 0; at < bytes.length; at += SLICE) formatted += this.#slice(bytes.subarray(at, at + SLICE), prefix);
    return formatted;
  }

  /** Returns the unfinished line, if there is one. */
  end(now: number): string {
    const prefix = this.#prefix(now);
    const cut = this.#cutLongPartial(prefix);
    const rest = this.#partial;
    this.#partial = '';
    return rest === '' ? cut : `${cut}${prefix}${rest}\n`;
  }

  #prefix(now: number): string {
    return `${new Date(now).toISOString()} ${this.#stream} `;
  }

  #slice(bytes: Buffer, prefix: string): string {
    const lastEnd = bytes.lastIndexOf(LINE_FEED);
    if (lastEnd === -1) {
      this.#partial += bytes.toString('latin1');
      return this.#cutLongPartial(prefix, this.#masker.reach);
    }
    const firstEnd = bytes.indexOf(LINE_FEED);
    this.#partial += bytes.toString('latin1', 0, firstEnd);
    const first = this.#cutLongPartial(prefix) + this.#line(this.#partial, prefix);
    this.#partial = bytes.toString('latin1', lastEnd + 1);
    const rest = lastEnd === firstEnd ? '' : this.#lines(bytes.toString('latin1', firstEnd + 1, lastEnd), prefix);
    return first + rest + this.#cutLongPartial(prefix, this.#masker.reach);
  }

  /**
   * Formats whole lines in one replacement, so that a flood of short lines is limited by the disk and not by this code.
   */
  #lines(text: string, prefix: string): string {
    if (this.#maxLine < SLICE)
      return text
        .split('\n')
        .map((line) => this.#cut(line, prefix))
        .join('');
    const normal = text.includes('\r\n') ? text.replaceAll('\r\n', '\n') : text;
    return this.#line(normal.replaceAll('\n', `\n${prefix}`), prefix);
  }

  #line(text: string, prefix: string): string {
    return `${prefix}${text.endsWith('\r') ? text.slice(0, -1) : text}\n`;
  }

  #cut(line: string, prefix: string): string {
    const held = this.#partial;
    this.#partial = line;
    const formatted = this.#cutLongPartial(prefix) + this.#line(this.#partial, prefix);
    this.#partial = held;
    return formatted;
  }

  /** @param held bytes beyond the longest line that stay, because more of the line is to come */
  #cutLongPartial(prefix: string, held = 0): string {
    let formatted = '';
    if (this.#partial.length > this.#maxLine + held) this.#partial = this.#masker.mask(this.#partial);
    while (this.#partial.length > this.#maxLine + held) {
      const end = characterBorder(this.#partial, this.#maxLine);
      formatted += `${prefix}${this.#partial.slice(0, end)}\n`;
      this.#partial = this.#partial.slice(end);
    }
    return formatted;
  }
}

/** Returns the nearest position at or before `at` that does not split a UTF-8 sequence; `at` itself in other data. */
function characterBorder(text: string, at: number): number {
  for (let back = 0; back < 4; back += 1) {
    const byte = text.charCodeAt(at - back);
    if ((byte & 0xc0) !== 0x80) return byte >= 0xc0 || back === 0 ? at - back : at;
  }
  return at;
}
