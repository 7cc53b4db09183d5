import { closeSync, existsSync, readSync, statSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openFile, readFile, readText } from '../files/read-file.ts';
import type { LogFiles, ScratchLog } from '../../ports/log-files.ts';
import { FileLogTail } from './log-tail.ts';

/** Reads logs on disk. A missing file reads as empty: retention or a person may have deleted it. */
export const diskLogFiles: LogFiles = {
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  writtenAt: (path) => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? null,
  read: (path, offset, maxBytes) => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return { text: '', nextOffset: offset };
    const file = openFile(path);
    try {
      const buffer = Buffer.alloc(maxBytes);
      const length = wholeCharacters(buffer, readSync(file, buffer, 0, maxBytes, offset));
      return { text: buffer.toString('utf8', 0, length), nextOffset: offset + length };
    } finally {
      closeSync(file);
    }
  },
  end: (path, maxBytes) => {
    const size = statSync(path, { throwIfNoEntry: false })?.size;
    if (size === undefined) return { text: '', offset: 0, nextOffset: 0 };
    const file = openFile(path);
    try {
      const from = Math.max(0, size - maxBytes);
      const buffer = Buffer.alloc(size - from);
      const bytes = buffer.subarray(0, readSync(file, buffer, 0, buffer.length, from));
      const skipped = from === 0 ? 0 : bytes.indexOf(10) + 1;
      const length = wholeCharacters(bytes, bytes.length);
      return { text: bytes.toString('utf8', skipped, length), offset: from + skipped, nextOffset: from + length };
    } finally {
      closeSync(file);
    }
  },
  whole: (path) => {
    try {
      return readFile(path, Infinity);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
      throw error;
    }
  },
  tail: (path) => new FileLogTail(path),
  scratch,
};

async function scratch(): Promise<ScratchLog> {
  const directory = await mkdtemp(join(tmpdir(), 'ncp-scheduler-run-'));
  const path = join(directory, 'run.log');
  return {
    path,
    text: () => Promise.resolve(textIfThere(path)),
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

/** A run that could not start leaves no log. */
function textIfThere(path: string): string {
  return existsSync(path) ? readText(path) : '';
}

/** Returns how many bytes of `buffer` end with a whole UTF-8 character. Invalid UTF-8 at the end is kept unchanged. */
function wholeCharacters(buffer: Buffer, length: number): number {
  for (let back = 1; back <= Math.min(3, length); back += 1) {
    const byte = buffer[length - back] ?? 0;
    if (byte < 0x80) return length;
    if (byte < 0xc0) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needed > back ? length - back : length;
  }
  return length;
}
