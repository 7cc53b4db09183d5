import { closeSync, constants, fstatSync, ftruncateSync, openSync, statSync, writeFileSync } from 'node:fs';
import { refuseOther } from './read-file.ts';

/**
 * Writes a file, or replaces the content of an existing one, which keeps its mode. Opens nothing but regular files: a named
 * pipe would block the process until something reads it.
 * @param mode of a new file
 * @throws the error of the system; an error that says what the path is instead
 */
export function writeFile(path: string, content: string | Uint8Array, mode = 0o600): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats !== undefined) refuseOther(stats);
  // Without O_NONBLOCK a pipe that has taken the file's place meanwhile would block. Windows has no such flag.
  const file = openSync(path, constants.O_WRONLY | constants.O_CREAT | (constants.O_NONBLOCK ?? 0), mode);
  try {
    refuseOther(fstatSync(file));
    ftruncateSync(file);
    writeFileSync(file, content);
  } finally {
    closeSync(file);
  }
}
