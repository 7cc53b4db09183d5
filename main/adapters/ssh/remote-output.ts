import type { Readable } from 'node:stream';
import { findRemoteMark, type FoundMark } from '../../contract/remote-command.ts';

/** Most of what login scripts print that is kept, in bytes. */
const mostNoise = 256 * 1024;

/** One output of ssh: what comes before the mark of our program, and the output of the command. */
export class RemoteOutput {
  readonly #source: Readable;
  #before: Buffer = Buffer.alloc(0);
  #mark: FoundMark | null = null;

  constructor(source: Readable) {
    this.#source = source;
  }

  /** The mark of our program, once it has answered. */
  get mark(): FoundMark | null {
    return this.#mark;
  }

  /** What was written before the mark, or everything if there is none. */
  get noise(): string {
    return this.#before.toString('utf8');
  }

  /** Passes the output of the command on, chunk by chunk. Resolves when the output has ended. */
  async pass(write: (bytes: Buffer) => Promise<void>): Promise<void> {
    for await (const chunk of this.#source) {
      const bytes = this.#afterMark(chunk as Buffer);
      if (bytes.length > 0) await write(bytes);
    }
  }

  #afterMark(chunk: Buffer): Buffer {
    if (this.#mark !== null) return chunk;
    const all = Buffer.concat([this.#before, chunk]);
    // Latin-1 has one character for each byte, so that positions are those of the bytes.
    this.#mark = findRemoteMark(all.toString('latin1'));
    if (this.#mark === null) {
      this.#before = all.subarray(-mostNoise);
      return Buffer.alloc(0);
    }
    this.#before = Buffer.alloc(0);
    return all.subarray(this.#mark.end);
  }
}
