import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { ExecutionSpec } from '../contract/worker.ts';

/** Returns the absolute path of a file that a task names: `~/` is the home directory, others are in the working directory. */
export function taskPath(
  { env, workingDirectory }: Pick<ExecutionSpec, 'env' | 'workingDirectory'>,
  path: string,
): string {
  const home = env['HOME'] ?? homedir();
  return path.startsWith('~/') ? join(home, path.slice(2)) : resolve(workingDirectory ?? home, path);
}
