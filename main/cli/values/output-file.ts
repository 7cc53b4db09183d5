import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/**
 * Writes a file that only its owner can read. Overwrites an existing file only with `force`.
 * @throws SchedulerError `usage/file-exists`, `usage/unwritable-file`
 */
export function writeNewFile(path: string, text: string, { force }: { readonly force: boolean }): void {
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
