import { lstatSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/**
 * Writes a file that only its owner can read. Overwrites an existing file only with `force`, and then follows only this
 * user's own links: in a folder such as /tmp, another user's link could lead to any of this user's files.
 * @throws SchedulerError `usage/file-exists`, `usage/unwritable-file`
 */
export function writeNewFile(path: string, text: string, { force }: { readonly force: boolean }): void {
  if (force) refuseForeignLink(path);
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx', mode: 0o600 });
  } catch (error) {
    if (!force && error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new SchedulerError(
        'usage/file-exists',
        `${path} already exists. Choose another name, or use --force to overwrite it.`,
        {
          path,
        },
      );
    }
    throw new SchedulerError('usage/unwritable-file', `Cannot write ${path}: ${messageOf(error)}.`, { path }, error);
  }
}

function refuseForeignLink(path: string): void {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const uid = process.getuid?.();
  if (stats?.isSymbolicLink() !== true || uid === undefined || stats.uid === uid) return;
  throw new SchedulerError(
    'usage/unwritable-file',
    `Cannot write ${path}: it is a link of another user. Choose another name.`,
    { path },
  );
}

/** Writes several files in a folder, as `writeNewFile` does. Creates the folder if it does not exist. */
export function writeNewFiles(
  folder: string,
  files: readonly { readonly path: string; readonly content: string }[],
  options: { readonly force: boolean },
): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new SchedulerError(
      'usage/unwritable-file',
      `Cannot create ${folder}: ${messageOf(error)}.`,
      { path: folder },
      error,
    );
  }
  for (const { path, content } of files) writeNewFile(join(folder, basename(path)), content, options);
}
