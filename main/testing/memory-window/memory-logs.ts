import type { LogStream } from '../../contract/log-format.ts';
import type { LogFiles } from '../../ports/log-files.ts';
import type { LogRemoval } from '../../ports/log-removal.ts';

/** Returns one line of a log. @param at ms since 1970 */
export const logLine = (at: number, stream: LogStream, text: string): string =>
  `${new Date(at).toISOString()} ${stream} ${text}\n`;

export interface MemoryLogs {
  readonly files: LogFiles;
  readonly removal: LogRemoval;
  append(path: string, text: string): void;
}

/** Returns logs in memory instead of files: thousands of them cost little, and they can have any path. */
export function memoryLogs(): MemoryLogs {
  const logs = new Map<string, Buffer>();
  const bytesOf = (path: string): Buffer => logs.get(path) ?? Buffer.alloc(0);
  const append = (path: string, text: string): void =>
    void logs.set(path, Buffer.concat([bytesOf(path), Buffer.from(text)]));
  return {
    append,
    files: {
      writtenAt: () => null,
      size: (path) => bytesOf(path).length,
      read: (path, offset, maxBytes) => {
        const bytes = bytesOf(path).subarray(offset, offset + maxBytes);
        return { text: bytes.toString('utf8'), nextOffset: offset + bytes.length };
      },
      end: (path, maxBytes) => {
        const bytes = bytesOf(path);
        const from = Math.max(0, bytes.length - maxBytes);
        const offset = from === 0 ? 0 : bytes.indexOf(10, from) + 1;
        return { text: bytes.toString('utf8', offset), offset, nextOffset: bytes.length };
      },
      whole: (path) => logs.get(path) ?? null,
      tail: (path) => {
        let read = 0;
        return {
          read: () => {
            const bytes = bytesOf(path).subarray(read);
            read += bytes.length;
            return [bytes];
          },
        };
      },
      scratch: () => {
        const path = '/tmp/scratch.log';
        return Promise.resolve({
          path,
          text: () => Promise.resolve(bytesOf(path).toString('utf8')),
          remove: () => Promise.resolve(void logs.delete(path)),
        });
      },
    },
    removal: {
      remove: (paths) => {
        for (const path of paths) logs.delete(path);
        return [];
      },
      writtenBefore: () => ({ logs: [], failures: [] }),
    },
  };
}
