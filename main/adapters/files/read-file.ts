import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';

const mebibyte = 1024 * 1024;
/** Larger than any text that a person writes, so that a disk image picked by mistake is not read into memory. */
export const largestTextBytes = 64 * mebibyte;

/** The path is not a file, or the file is too large. `code` and `syscall` as the system names such an error. */
class UnsuitableFile extends Error {
  readonly code: 'EISDIR' | 'EINVAL' | 'EFBIG';
  readonly syscall = 'open';

  constructor(code: UnsuitableFile['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads a file that a person or another program named. Opens nothing but regular files: a named pipe would block the
 * process, a device can answer without end. Counts what it reads, because files in /proc have no size.
 * @throws the error of the system; an error that says what the path is instead, or how large it may be.
 */
export function readFile(path: string, largestBytes = largestTextBytes): Buffer {
  const { file, size } = opened(path, largestBytes);
  try {
    return readAll(file, size, largestBytes);
  } finally {
    closeSync(file);
  }
}

/** Returns the content of such a file as UTF-8. @throws as `readFile` */
export const readText = (path: string, largestBytes = largestTextBytes): string =>
  readFile(path, largestBytes).toString('utf8');

/** Opens such a file of any size for reading, and returns its descriptor. @throws as `readFile` */
export const openFile = (path: string): number => opened(path, Infinity).file;

function opened(path: string, largestBytes: number): { readonly file: number; readonly size: number } {
  refuseOthers(statSync(path), largestBytes);
  // Without O_NONBLOCK a pipe that has taken the file's place meanwhile would block. Windows has no such flag.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    refuseOthers(stats, largestBytes);
    return { file, size: stats.size };
  } catch (error) {
    closeSync(file);
    throw error;
  }
}

function readAll(file: number, size: number, largestBytes: number): Buffer {
  const pieces: Buffer[] = [];
  let total = 0;
  for (;;) {
    const piece = Buffer.allocUnsafe(pieces.length === 0 ? size + 1 : mebibyte);
    const count = readSync(file, piece, 0, piece.length, null);
    if (count === 0) return pieces.length === 1 && pieces[0] !== undefined ? pieces[0] : Buffer.concat(pieces);
    total += count;
    if (total > largestBytes) throw tooLarge(largestBytes);
    pieces.push(piece.subarray(0, count));
  }
}

function refuseOthers(stats: Stats, largestBytes: number): void {
  refuseOther(stats);
  if (stats.size > largestBytes) throw tooLarge(largestBytes);
}

/** Refuses what is not a regular file. @throws an error that says what it is instead */
export function refuseOther(stats: Stats): void {
  if (stats.isDirectory()) throw new UnsuitableFile('EISDIR', 'EISDIR: it is a folder, not a file');
  if (!stats.isFile()) throw new UnsuitableFile('EINVAL', `it is ${kindOf(stats)}, not a file`);
}

function kindOf(stats: Stats): string {
  if (stats.isFIFO()) return 'a named pipe';
  if (stats.isSocket()) return 'a socket';
  return 'a device';
}

function tooLarge(largestBytes: number): UnsuitableFile {
  return new UnsuitableFile('EFBIG', `it is larger than ${Math.floor(largestBytes / mebibyte)} MiB`);
}
