import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SchedulerError, messageOf } from '../../../domain/errors.ts';
import { diskProblem } from '../ledger/disk-state.ts';
import { systemCode } from '../file-errors.ts';
import { foreignOwner, foreignOwnerMessage } from '../../files/file-owner.ts';

/** The usual size of a block, in bytes: with less, not even an empty schedule can be saved. */
const leastBlock = 4096;

/** Returns why the file at `path` cannot be written now, or null: `store/read-only`, `store/disk-full`. */
export function writeRefusal(path: string): SchedulerError | null {
  const readOnly = (message: string) => new SchedulerError('store/read-only', message, { path });
  const owner = foreignOwner(path);
  if (owner !== null) return readOnly(foreignOwnerMessage(path, owner));
  const disk = diskProblem(dirname(path), leastBlock);
  if (disk === 'read-only') return readOnly(`${path} cannot be written: its disk is mounted read-only.`);
  if (disk === 'full') {
    const message = `The disk is full: ${path} cannot be changed. Free some space and try again.`;
    return new SchedulerError('store/disk-full', message, { path });
  }
  try {
    accessSync(dirname(path), constants.W_OK);
    if (existsSync(path)) accessSync(path, constants.W_OK);
    return null;
  } catch (error) {
    const code = systemCode(error) ?? messageOf(error);
    return readOnly(
      `${path} cannot be written (${code}). Check that the file and its folder belong to you and are writable.`,
    );
  }
}
