import { writeFileSync } from 'node:fs';
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
