import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** Why a path cannot be the folder a task runs in, as a sentence; null if it can. */
export function workingDirectoryProblem(path: string): string | null {
  if (!isAbsolute(path)) return `The working directory "${path}" must be an absolute path.`;
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return `The working directory ${path} does not exist.`;
  return stats.isDirectory() ? null : `The working directory ${path} is not a directory.`;
}
