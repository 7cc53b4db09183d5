import { spawn } from 'node:child_process';

export type Spawn = typeof spawn;

/**
 * Returns `spawn`; on Windows, a variant that also finds `.cmd` files, such as `npx`. Node itself
 * refuses to start them (CVE-2024-27980). Loaded only on Windows, because loading costs more than the check.
 */
export async function taskSpawn(): Promise<Spawn> {
  return process.platform === 'win32' ? ((await import('cross-spawn')).default as Spawn) : spawn;
}
