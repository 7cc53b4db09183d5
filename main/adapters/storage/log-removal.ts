import { lstatSync, readdirSync, rmdirSync, unlinkSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { serverFileOf } from '../../domain/agent-run/server-file.ts';
import { messageOf } from '../../domain/errors.ts';
import { resultFolderEnding, resultFolderOf } from '../../contract/result-files.ts';
import { resultFileOf } from '../../domain/follow-up/upstream.ts';
import type { LogRemoval, LogRemovalFailure } from '../../ports/log-removal.ts';
import { systemCode } from './file-errors.ts';

const monthName = /^\d{4}-\d{2}$/;

/** The folder has other logs (EPERM on Windows), is already gone, or a worker just wrote into it. */
const stillNeeded = ['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'EBUSY'];

/**
 * Deletes logs below `logsDir`, whose layout is `<yyyy-mm>/<executionId>.log`, and with each the folder of its result,
 * `<yyyy-mm>/<executionId>.files`. A month that is a link is left alone, with everything it leads to: a person has
 * moved it, for example to another disk.
 */
export function openLogRemoval(logsDir: string): LogRemoval {
  const root = resolve(logsDir);
  return {
    remove: (paths) => {
      const failures: LogRemovalFailure[] = [];
      for (const path of paths) attempt(path, failures, () => removeLog(root, resolve(path), failures));
      for (const month of new Set(paths.map((path) => dirname(resolve(path))))) {
        attempt(month, failures, () => removeIfEmpty(root, month));
      }
      return failures;
    },

    writtenBefore: (beforeMs) => {
      const failures: LogRemovalFailure[] = [];
      const found = <T>(path: string, look: () => T, otherwise: T): T => attempt(path, failures, look) ?? otherwise;
      const months = found(root, () => namesIn(root), []).map((name) => join(root, name));
      const logs = months
        .filter((month) => found(month, () => isMonth(root, month), false))
        .flatMap((month) => found(month, () => namesIn(month), []).map((name) => join(month, name)))
        .flatMap((path) => found(path, () => oldLogAt(path, beforeMs), null) ?? [])
        .map((path) => ({ path, executionId: basename(path, '.log') }));
      return { logs, failures };
    },
  };
}

/** Runs `action`. Adds an error of the system to `failures` instead of throwing it: the other logs can still go. */
function attempt<T>(path: string, failures: LogRemovalFailure[], action: () => T): T | undefined {
  try {
    return action();
  } catch (error) {
    if (systemCode(error) === null) throw error;
    failures.push({ path, message: messageOf(error) });
    return undefined;
  }
}

function removeLog(root: string, path: string, failures: LogRemovalFailure[]): void {
  const refuse = (message: string) => void failures.push({ path, message });
  const month = dirname(path);
  if (!isMonthPath(root, month)) return refuse(`it is not in a month of the log folder ${root}`);
  const folder = statsOf(month);
  if (folder === null) return;
  if (!folder.isDirectory()) return refuse(`${month} is a link or a file, and logs are only deleted in real folders`);
  const file = statsOf(path);
  if (file !== null && !file.isFile()) return refuse('it is not a regular file');
  // Before the log: after a crash between the two, the log leads here again.
  removeResult(resultFolderOf(path));
  // A worker that was killed leaves the result file of a follow-up, and the servers of an agent.
  unlinkIfThere(resultFileOf(path));
  unlinkIfThere(serverFileOf(path));
  if (file !== null) unlinkIfThere(path);
}

/** Deletes the files in the folder of a result, and the folder. A link is deleted as such, never what it leads to. */
function removeResult(folder: string): void {
  const stats = statsOf(folder);
  if (stats === null) return;
  if (!stats.isDirectory()) return unlinkIfThere(folder);
  for (const name of namesIn(folder)) unlinkIfThere(join(folder, name));
  rmdirSync(folder);
}

function unlinkIfThere(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

function removeIfEmpty(root: string, month: string): void {
  if (!isMonth(root, month)) return;
  try {
    rmdirSync(month);
  } catch (error) {
    if (!stillNeeded.includes(systemCode(error) ?? '')) throw error;
  }
}

const isMonthPath = (root: string, folder: string): boolean =>
  dirname(folder) === root && monthName.test(basename(folder));

const isMonth = (root: string, folder: string): boolean =>
  isMonthPath(root, folder) && statsOf(folder)?.isDirectory() === true;

/** Returns the path of an old log: the given one, or that of the log that an old folder of a result has lost. */
function oldLogAt(path: string, beforeMs: number): string | null {
  const stats = statsOf(path);
  if (stats === null || stats.mtimeMs >= beforeMs) return null;
  if (stats.isFile()) return path.endsWith('.log') ? path : null;
  if (!stats.isDirectory() || !path.endsWith(resultFolderEnding)) return null;
  const log = `${path.slice(0, -resultFolderEnding.length)}.log`;
  return statsOf(log) === null ? log : null;
}

/** Returns the state of the path itself, of a link and not of its target. Null if there is nothing. */
function statsOf(path: string): Stats | null {
  try {
    return lstatSync(path);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Returns the names in a folder. There are none if it does not exist, or no longer. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

const isMissing = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '');
