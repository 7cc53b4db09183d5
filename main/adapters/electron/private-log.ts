import { closeSync, constants, fchmodSync, openSync } from 'node:fs';
import { join, parse } from 'node:path';
import type { NodeLogger } from 'electron-log';
import { messageOf } from '../../domain/errors.ts';

/**
 * Writes the log to the file at `path()`, readable for its owner only. It is rotated at 1 MiB; one old file is kept.
 * @param path called before each line, because Electron knows its folders only later
 */
export function writeLogTo(log: NodeLogger, path: () => string): void {
  const { file } = log.transports;
  file.level = 'info';
  // The library's own mode is 0666. It passes these options to `fs.writeFile` for every line.
  file.writeOptions = { flag: 'a', mode: 0o600, encoding: 'utf8' };
  let closed = '';
  file.resolvePathFn = () => {
    const current = path();
    if (closed === current) return current;
    closed = current;
    for (const problem of problemsOf(current))
      log.transports.console({ data: [problem], level: 'warn', date: new Date() });
    return current;
  };
}

/** Closes the log and its rotated file to others. Returns what failed: the log must work in any case. */
function problemsOf(path: string): string[] {
  const { dir, name, ext } = parse(path);
  return [path, join(dir, `${name}.old${ext}`)].flatMap((log) => {
    try {
      closeLogToOthers(log);
      return [];
    } catch (error) {
      return [`Other users may be able to read ${log}: ${messageOf(error)}`];
    }
  });
}

/**
 * Removes other users' access to a log that an earlier version created readable for all. Does nothing if there is no
 * such file; a link is not followed.
 *
 * @throws the system's error if the file cannot be opened or changed
 */
export function closeLogToOthers(path: string): void {
  let file: number;
  try {
    // Not blocking, because a FIFO without a reader would block. Windows has neither flag.
    file = openSync(path, constants.O_WRONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return;
    throw error;
  }
  try {
    fchmodSync(file, 0o600);
  } finally {
    closeSync(file);
  }
}
