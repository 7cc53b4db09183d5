import type { Token } from './tokens.ts';

/** Reads tokens forward. Every clause either takes all its tokens or puts the reader back. */
export class TokenReader {
  readonly tokens: readonly Token[];
  position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  /** The text of the next word or mark, or the empty string for any other token and at the end. */
  text(ahead = 0): string {
    const token = this.peek(ahead);
    return token?.kind === 'word' || token?.kind === 'mark' ? token.text : '';
  }

  next(): Token | undefined {
    const token = this.peek();
    this.position += 1;
    return token;
  }

  /** Takes the next token if it is one of these words or marks. */
  take(...texts: readonly string[]): boolean {
    const text = this.text();
    if (text === '' || !texts.includes(text)) return false;
    this.position += 1;
    return true;
  }

  /** Takes these words one after the other, or none of them. */
  takeAll(...texts: readonly string[]): boolean {
    if (!texts.every((text, index) => this.text(index) === text)) return false;
    this.position += texts.length;
    return true;
  }

  /** Takes the next word if `table` has it, and answers its value. */
  takeFrom(table: Readonly<Record<string, number>>): number | undefined {
    const value = table[this.text()];
    if (value !== undefined) this.position += 1;
    return value;
  }

  takeNumber(): number | undefined {
    const token = this.peek();
    if (token?.kind !== 'number') return undefined;
    this.position += 1;
    return token.value;
  }

  /** Runs `clause`; when it answers undefined or false, the reader stands where it stood before. */
  attempt<T>(clause: () => T): T {
    const start = this.position;
    const result = clause();
    if (result === undefined || result === false) this.position = start;
    return result;
  }

  /** The words from `start` up to here, as typed. */
  wordsSince(start: number): string[] {
    return this.tokens
      .slice(start, this.position)
      .filter((token) => token.kind !== 'mark')
      .map((token) => token.raw);
  }

  get atEnd(): boolean {
    return this.position >= this.tokens.length;
  }
}
