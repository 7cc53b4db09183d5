import { accessSync, constants, statfsSync } from 'node:fs';
import process from 'node:process';
import { systemCode } from '../file-errors.ts';

/** SQLite needs this many bytes for the index of its write-ahead log before it can even read (wal-index, 32 KiB). */
const walIndex = 32 * 1024;

/**
 * Returns why nothing can be written to the disk of `folder`: it has no space or no inodes left, or it is mounted
 * read-only. Null if neither is the case, or if the system does not say.
 * @param leastFree with fewer free bytes the disk counts as full. @default what SQLite needs to open the ledger
 */
export function diskProblem(folder: string, leastFree = walIndex): 'full' | 'read-only' | null {
  try {
    const { bavail, bfree, bsize, files, ffree } = statfsSync(folder);
    // Root may also use the blocks that are reserved for it.
    const free = (process.getuid?.() === 0 ? bfree : bavail) * bsize;
    // File systems without a table of inodes report 0 of 0.
    if (free < leastFree || (files > 0 && ffree === 0)) return 'full';
    accessSync(folder, constants.W_OK);
    return null;
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return systemCode(error) === 'EROFS' ? 'read-only' : null;
  }
}
