import { StringDecoder } from 'node:string_decoder';
import { colouredLines } from '../../domain/escaped-text.ts';

const resetColours = '\u001b[0m';

/** Makes the bytes of a log safe for a terminal, chunk by chunk. Joins sequences that are split between two chunks. */
export class TerminalText {
  readonly #decoder = new StringDecoder('utf8');
  #pending = '';

  write(bytes: Uint8Array): string {
    this.#pending += this.#decoder.write(Buffer.from(bytes));
    const cut = this.#pending.lastIndexOf('\n') + 1;
    const whole = this.#pending.slice(0, cut);
    this.#pending = this.#pending.slice(cut);
    return colouredLines(whole);
  }

  /** Returns the rest, and resets the colours. */
  end(): string {
    const rest = this.#pending + this.#decoder.end();
    this.#pending = '';
    return `${colouredLines(rest)}${resetColours}`;
  }
}
