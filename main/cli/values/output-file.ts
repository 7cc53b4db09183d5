import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/**
 * Writes a file for its owner only. One that is there is written over only with `force`.
 * @throws SchedulerError `usage/file-exists`, `usage/unwritable-file`
 */
export function writeNewFile(path: string, text: string, { force }: { readonly force: boolean }): void {
  try {
    writeFileSync(path, text, { flag: force ? 'w' : 'wx', mode: 0o600 });
  } catch (error) {
    if (!force && error instanceof Error && 'code' in error && error.code === 'EEXIST') {
      throw new SchedulerError('usage/file-exists', `${path} is there already. Choose another name, or add --force.`, {
        path,
      });
    }
    throw new SchedulerError(
      'usage/unwritable-file',
      `${path} cannot be written: ${messageOf(error)}.`,
      { path },
      error,
    );
  }
}

/** The same for several files in a folder, which is made if it is not there. */
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
      `${folder} cannot be made: ${messageOf(error)}.`,
      { path: folder },
      error,
    );
  }
  for (const { path, content } of files) writeNewFile(join(folder, basename(path)), content, options);
}
