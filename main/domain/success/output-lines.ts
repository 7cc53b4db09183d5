import type { LineBlock, OutputStream } from './line-check.ts';

/** Longer lines are passed on in pieces, so that output without line ends needs no memory. As in logs. */
const longestLine = 64 * 1024;

/** Turns the bytes of one stream into blocks of whole lines. Invalid UTF-8 becomes U+FFFD. */
export class OutputLines {
  readonly #stream: OutputStream;
  readonly #decoder = new TextDecoder();
  #partial = '';
  #lines = 0;

  constructor(stream: OutputStream) {
    this.#stream = stream;
  }

  push(chunk: Uint8Array): LineBlock | null {
    const text = this.#partial + this.#decoder.decode(chunk, { stream: true });
    const lastEnd = text.lastIndexOf('\n');
    const overlong = text.length - lastEnd - 1 > longestLine;
    this.#partial = overlong ? '' : text.slice(lastEnd + 1);
    if (overlong) return this.#block(text);
    return lastEnd === -1 ? null : this.#block(text.slice(0, lastEnd));
  }

  /** Returns the last line if the stream ended without a line end. */
  end(): LineBlock | null {
    const rest = this.#partial + this.#decoder.decode();
    this.#partial = '';
    return rest === '' ? null : this.#block(rest);
  }

  #block(text: string): LineBlock {
    const first = this.#lines + 1;
    this.#lines += text.split('\n').length;
    return { stream: this.#stream, first, text: text.replaceAll('\r\n', '\n') };
  }
}
