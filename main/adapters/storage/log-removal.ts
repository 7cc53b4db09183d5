import { readdirSync, rmSync, rmdirSync, statSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative } from 'node:path';
import { messageOf } from '../../domain/errors.ts';
import type { LogRemoval, LogRemovalFailure } from '../../ports/log-removal.ts';
import { systemCode } from './file-errors.ts';

/** Deletes logs below `logsDir`, whose layout is `<yyyy-mm>/<executionId>.log`. */
export function openLogRemoval(logsDir: string): LogRemoval {
  return {
    remove: (paths) => {
      const failures = paths.flatMap((path) => removeLog(logsDir, path) ?? []);
      for (const month of new Set(paths.map((path) => dirname(path)))) removeIfEmpty(logsDir, month);
      return failures;
    },

    writtenBefore: (beforeMs) =>
      months(logsDir).flatMap((month) =>
        readdirSync(month)
          .filter((name) => name.endsWith('.log'))
          .filter((name) => modifiedMs(join(month, name)) < beforeMs)
          .map((name) => ({ path: join(month, name), executionId: basename(name, '.log') })),
      ),
  };
}

function removeLog(logsDir: string, path: string): LogRemovalFailure | null {
  if (!isInside(logsDir, path)) return { path, message: `it is not in the log folder ${logsDir}` };
  try {
    rmSync(path, { force: true });
    return null;
  } catch (error) {
    return { path, message: messageOf(error) };
  }
}

function removeIfEmpty(logsDir: string, month: string): void {
  if (!isInside(logsDir, month)) return;
  try {
    rmdirSync(month);
  } catch (error) {
    // The folder has other logs (EPERM on Windows), is already gone, or a worker just wrote into it.
    const code = systemCode(error);
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'EBUSY'].includes(code ?? '')) throw error;
  }
}

function months(logsDir: string): string[] {
  if (statSync(logsDir, { throwIfNoEntry: false }) === undefined) return [];
  return readdirSync(logsDir)
    .filter((name) => /^\d{4}-\d{2}$/.test(name))
    .map((name) => join(logsDir, name));
}

/** Returns when the file was modified. A file that has vanished counts as new: nothing is left to delete. */
function modifiedMs(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Number.POSITIVE_INFINITY;
}

function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== '' && !way.startsWith('..') && !isAbsolute(way);
}
