import { randomBytes } from 'node:crypto';
import { closeSync, fchmodSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { refuseForeignOwner } from '../files/file-owner.ts';

/**
 * Writes a file atomically: beside the old one, flushed to the disk, then renamed over it. Replaces a link
 * at `path`, and never writes through one. Readable only for its owner.
 * @param mode @default 0o600
 * @throws SchedulerError `store/foreign-owner` if root would write another user's file; otherwise the system's error
 */
export function replaceFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  refuseForeignOwner(path);
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.new-${process.pid}-${randomBytes(6).toString('hex')}`;
  try {
    // `x` fails on any existing name, also on a link; the umask must not change the mode.
    const file = openSync(temporary, 'wx', mode);
    try {
      fchmodSync(file, mode);
      writeFileSync(file, content);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, path);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}
