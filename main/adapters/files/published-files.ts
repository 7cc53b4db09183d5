import { randomBytes } from 'node:crypto';
import {
  closeSync,
  constants,
  fchmodSync,
  fsyncSync,
  lstatSync,
  openSync,
  readSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { writeFileSync } from 'node:fs';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { openFile } from './read-file.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { PublishedFile, PublishedFiles } from '../../ports/published-files.ts';

/** The mark of a file that this app wrote is within its first bytes. */
const markBytes = 4096;
const modes = { owner: 0o600, everyone: 0o644 } as const;
const createNew = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/** Writes files where a person asked for them. */
export const publishedFiles: PublishedFiles = {
  write: (file) => {
    const problem = problemOf(file);
    if (problem !== null) throw unwritable(file.path, problem);
    try {
      replace(file);
    } catch (error) {
      throw unwritable(file.path, `${messageOf(error)}.`, error);
    }
  },
};

/** Returns why a file must not be replaced; null if it may. */
function problemOf({ path, mark }: PublishedFile): string | null {
  if (!isAbsolute(path)) return 'it must be an absolute path.';
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return null;
  if (stats.isSymbolicLink()) return 'it is a link. Give the path of the file itself.';
  if (!stats.isFile()) return 'it is not a file.';
  if (stats.size === 0 || startOf(path).includes(mark)) return null;
  return 'there is a file that NCP Scheduler did not write. Choose another path, or delete that file.';
}

function startOf(path: string): string {
  const file = openFile(path);
  try {
    const start = Buffer.alloc(markBytes);
    return start.toString('utf8', 0, readSync(file, start, 0, markBytes, 0));
  } finally {
    closeSync(file);
  }
}

/** The temporary name is hidden and ends differently, so that no reader of the folder takes it for the file. */
function replace({ path, content, readers }: PublishedFile): void {
  const temporary = join(dirname(path), `.${basename(path)}.tmp-${process.pid}-${randomBytes(6).toString('hex')}`);
  try {
    const file = openSync(temporary, createNew, modes[readers]);
    try {
      // Whatever the umask: the reader may be another user.
      fchmodSync(file, modes[readers]);
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

function unwritable(path: string, reason: string, cause?: unknown): SchedulerError {
  return new SchedulerError('usage/unwritable-file', `Cannot write ${path}: ${reason}`, { path }, cause);
}
