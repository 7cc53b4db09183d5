import { closeSync, constants, fchmodSync, fsyncSync, openSync, writeFileSync } from 'node:fs';

/** With O_EXCL, open(2) also fails if the name is a symbolic link, wherever the link leads. Windows has no O_NOFOLLOW. */
const createNew = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

/**
 * Creates a file that only its owner can read and write, and flushes it to the disk. Never writes to an existing file
 * and never follows a link in its place.
 *
 * @throws the system's error, `EEXIST` if the name is taken. A file that was created before a later error stays.
 */
export function createPrivateFile(path: string, content: string | Uint8Array): void {
  const file = openSync(path, createNew, 0o600);
  try {
    // On the descriptor: by its path, another user who can write to the folder could have replaced the file meanwhile.
    fchmodSync(file, 0o600);
    writeFileSync(file, content);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
