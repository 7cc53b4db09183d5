import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { resultFolderOf } from '../contract/result-files.ts';

/** Returns how many bytes the files of a run's result have together; 0 if there are none. */
export function resultFileBytes(logPath: string): number {
  const folder = resultFolderOf(logPath);
  if (statSync(folder, { throwIfNoEntry: false }) === undefined) return 0;
  const sizes = readdirSync(folder).map((name) => statSync(join(folder, name), { throwIfNoEntry: false })?.size ?? 0);
  return sizes.reduce((sum, size) => sum + size, 0);
}
