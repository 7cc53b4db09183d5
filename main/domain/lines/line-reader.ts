const newline = 0x0a;

/** Cuts a stream of bytes into lines. A line that is too long is skipped up to its end, without being held. */
export class LineReader {
  readonly #longest: number;
  readonly #onLine: (line: string | null) => void;
  #pieces: Buffer[] = [];
  #length = 0;
  #tooLong = false;

  /**
   * @param longest in bytes
   * @param onLine called with each line without its end, and with null for one that is too long
   */
  constructor(longest: number, onLine: (line: string | null) => void) {
    this.#longest = longest;
    this.#onLine = onLine;
  }

  add(chunk: Buffer): void {
    for (let from = 0; from < chunk.length;) {
      const end = chunk.indexOf(newline, from);
      this.#keep(chunk.subarray(from, end === -1 ? chunk.length : end));
      if (end === -1) return;
      this.#deliver();
      from = end + 1;
    }
  }

  /** Delivers a last line without an end. */
  end(): void {
    if (this.#length > 0 || this.#tooLong) this.#deliver();
  }

  #keep(piece: Buffer): void {
    this.#length += piece.length;
    if (this.#length <= this.#longest) this.#pieces.push(piece);
    else {
      this.#tooLong = true;
      this.#pieces = [];
    }
  }

  #deliver(): void {
    const line = this.#tooLong ? null : Buffer.concat(this.#pieces).toString('utf8');
    this.#pieces = [];
    this.#length = 0;
    this.#tooLong = false;
    this.#onLine(line);
  }
}
