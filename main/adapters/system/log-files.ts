import { closeSync, openSync, readSync, statSync } from 'node:fs';
import type { LogFiles } from '../../ports/log-files.ts';

/** Logs on disk. A file that is not there reads as empty: retention or a person may have removed it. */
export const diskLogFiles: LogFiles = {
  size: (path) => statSync(path, { throwIfNoEntry: false })?.size ?? 0,
  read: (path, offset, maxBytes) => {
    if (statSync(path, { throwIfNoEntry: false }) === undefined) return { text: '', nextOffset: offset };
    const file = openSync(path, 'r');
    try {
      const buffer = Buffer.alloc(maxBytes);
      const length = wholeCharacters(buffer, readSync(file, buffer, 0, maxBytes, offset));
      return { text: buffer.toString('utf8', 0, length), nextOffset: offset + length };
    } finally {
      closeSync(file);
    }
  },
};

/** Bytes of `buffer` that end with a whole UTF-8 character. A tail that is no UTF-8 at all is taken as it is. */
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
