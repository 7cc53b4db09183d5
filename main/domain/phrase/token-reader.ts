import type { Token } from './tokens.ts';

/** Reads tokens forward. Every clause either takes all its tokens or returns the reader to where it was. */
export class TokenReader {
  readonly tokens: readonly Token[];
  position = 0;

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens;
  }

  peek(ahead = 0): Token | undefined {
    return this.tokens[this.position + ahead];
  }

  /** Returns the text of the next word or mark; the empty string for any other token and at the end. */
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

  /** Takes these words in sequence, or none of them. */
  takeAll(...texts: readonly string[]): boolean {
    if (!texts.every((text, index) => this.text(index) === text)) return false;
    this.position += texts.length;
    return true;
  }

  /** Takes the next word if `table` has it, and returns its value. */
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

  /** Runs `clause`; if it returns undefined or false, moves the reader back to where it was. */
  attempt<T>(clause: () => T): T {
    const start = this.position;
    const result = clause();
    if (result === undefined || result === false) this.position = start;
    return result;
  }

  /** Returns the words from `start` to the current position, as typed. */
  wordsSince(start: number): string[] {
    return this.tokens
      .slice(start, this.position)
      .filter((token) => token.kind !== 'mark')
      .map((token) => token.raw);
  }

  /** Returns every token from `start` to the current position, as typed. */
  rawSince(start: number): string[] {
    return this.tokens.slice(start, this.position).map((token) => token.raw);
  }

  get atEnd(): boolean {
    return this.position >= this.tokens.length;
  }
}
