import { closeSync, fstatSync, readFileSync, readSync } from 'node:fs';
import { openFile } from '../files/read-file.ts';
import { leftOutLine } from '../../contract/log-format.ts';
import type { LogTail } from '../../ports/log-files.ts';

const chunkBytes = 256 * 1024;

/** The left-out line of a file: from `start` to `end`, in place of `bytes` bytes of the whole log. */
interface Gap {
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
}

/** Remembers how far a log was read, also when it outgrows its limit and is replaced by a shorter file. */
export class FileLogTail implements LogTail {
  readonly #path: string;
  /** Counts bytes of the whole log, those left out of the file included. */
  #offset = 0;
  #inode: number | null = null;
  #gap: Gap | null = null;

  constructor(path: string) {
    this.#path = path;
  }

  /** What came since the last call. */
  *read(): Generator<Buffer> {
    const file = openIfThere(this.#path);
    if (file === null) return;
    try {
      const { ino, size } = fstatSync(file);
      if (ino !== this.#inode) this.#gap = findGap(file);
      this.#inode = ino;
      let at = this.#fileOffset();
      while (at < size) {
        const bytes = Buffer.allocUnsafe(Math.min(chunkBytes, size - at));
        const count = readSync(file, bytes, 0, bytes.length, at);
        if (count === 0) return;
        at += count;
        this.#offset = at + this.#shift(at);
        yield bytes.subarray(0, count);
      }
    } finally {
      closeSync(file);
    }
  }

  #fileOffset(): number {
    const gap = this.#gap;
    if (gap === null || this.#offset <= gap.start) return this.#offset;
    const at = this.#offset - (gap.bytes - (gap.end - gap.start));
    // Bytes that were never read are gone: show the line that says so.
    return at < gap.end ? gap.start : at;
  }

  /** Bytes of the whole log that the file lacks before this offset. */
  #shift(fileOffset: number): number {
    const gap = this.#gap;
    return gap === null || fileOffset <= gap.start ? 0 : gap.bytes - (gap.end - gap.start);
  }
}

function openIfThere(path: string): number | null {
  try {
    return openFile(path);
  } catch (error) {
    // EINVAL: something else took its place, such as a named pipe.
    if (['ENOENT', 'EINVAL'].includes((error as NodeJS.ErrnoException).code ?? '')) return null;
    throw error;
  }
}

function findGap(file: number): Gap | null {
  // Latin-1 keeps one character for each byte, whatever the task has written.
  const match = leftOutLine.exec(readFileSync(file, 'latin1'));
  if (match === null) return null;
  return { start: match.index, end: match.index + match[0].length, bytes: Number(match[1]) };
}
