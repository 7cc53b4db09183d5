import { lstatSync, mkdirSync, statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { dirname } from 'node:path';
import process from 'node:process';
import { SchedulerError } from '../../domain/errors.ts';

/** Permission of group and others to write. */
const othersWrite = 0o022;

/**
 * Creates the socket's folder for its owner only.
 * @throws SchedulerError `control/unsafe-directory` if another user could put a socket into it.
 */
export function prepareSocketFolder(path: string): void {
  const folder = dirname(path);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkFolder(folder);
}

/**
 * Checks that only this user can have created the socket at `path`. What another user put there would answer in the
 * app's name, and a run that it reports as done has never started. Node cannot ask the system for the user of the
 * process at the other end (SO_PEERCRED, getpeereid), so the owner and the mode of the folder and the socket decide.
 *
 * Returns false if nothing is there.
 *
 * @throws SchedulerError `control/unsafe-directory`, `control/unsafe-socket`, `control/not-a-socket`
 */
export function checkSocket(path: string): boolean {
  const socket = lstatSync(path, { throwIfNoEntry: false });
  if (socket === undefined) return false;
  checkFolder(dirname(path));
  if (!socket.isSocket()) {
    throw new SchedulerError(
      'control/not-a-socket',
      `${path} is not a socket but ${kindOf(socket)}, so the app cannot be reached there. Move it away and try again.`,
      { path },
    );
  }
  if (isOwn(socket) && (socket.mode & othersWrite) === 0) return true;
  throw new SchedulerError(
    'control/unsafe-socket',
    `The control socket ${path} is not used: it belongs to another user, or others can write to it. Delete it and try again.`,
    { path },
  );
}

function checkFolder(folder: string): void {
  // A link to the data directory is fine, but not another user's link.
  const isOwnWay = isOwn(lstatSync(folder));
  const stats = statSync(folder);
  if (isOwnWay && stats.isDirectory() && isOwn(stats) && (stats.mode & othersWrite) === 0) return;
  throw new SchedulerError(
    'control/unsafe-directory',
    `The control socket in ${folder} is not used: the folder belongs to another user, or others can write to it. Make it yours (chmod 700), or use another --data-dir.`,
    { directory: folder },
  );
}

const isOwn = (stats: Stats): boolean => stats.uid === process.getuid?.();

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a folder';
  return stats.isSymbolicLink() ? 'a link' : 'a file';
}
