import type { LogStream } from '../contract/log-format.ts';

/** `2026-12-03T14:15:00.000Z out ` and the line end. */
const PREFIX_LENGTH = 24 + 1 + 3 + 1;
const LINE_FEED = 10;
/** Larger inputs are processed in slices of this size, so that no line is searched twice. */
const SLICE = 64 * 1024;

/**
 * Turns one stream's bytes into log lines. Holds text as a latin1 string, one character per byte: nothing is decoded,
 * so invalid UTF-8 and binary data stay unchanged.
 */
export class LineFormatter {
  readonly #stream: LogStream;
  readonly #maxLine: number;
  /** The unfinished last line. */
  #partial = '';

  constructor(stream: LogStream, maxLine: number) {
    this.#stream = stream;
    this.#maxLine = maxLine;
  }

  /** The longest line that this formatter writes, in bytes, including prefix and line end. */
  get longestLine(): number {
    return this.#maxLine + PREFIX_LENGTH + 1;
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
    const rest = this.#partial;
    this.#partial = '';
    return rest === '' ? '' : `${this.#prefix(now)}${rest}\n`;
  }

  #prefix(now: number): string {
    return `${new Date(now).toISOString()} ${this.#stream} `;
  }

  #slice(bytes: Buffer, prefix: string): string {
    const lastEnd = bytes.lastIndexOf(LINE_FEED);
    if (lastEnd === -1) {
      this.#partial += bytes.toString('latin1');
      return this.#cutLongPartial(prefix);
    }
    const firstEnd = bytes.indexOf(LINE_FEED);
    this.#partial += bytes.toString('latin1', 0, firstEnd);
    const first = this.#cutLongPartial(prefix) + this.#line(this.#partial, prefix);
    this.#partial = bytes.toString('latin1', lastEnd + 1);
    const rest = lastEnd === firstEnd ? '' : this.#lines(bytes.toString('latin1', firstEnd + 1, lastEnd), prefix);
    return first + rest + this.#cutLongPartial(prefix);
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

  #cutLongPartial(prefix: string): string {
    let formatted = '';
    while (this.#partial.length > this.#maxLine) {
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
