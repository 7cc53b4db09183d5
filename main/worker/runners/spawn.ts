import { spawn } from 'node:child_process';

export type Spawn = typeof spawn;

/**
 * `spawn`, on Windows with the search for `.cmd` files that people expect of `npx` and the like: Node refuses to start
 * those by itself (CVE-2024-27980). Loaded only there, since loading it costs more than the check.
 */
export async function taskSpawn(): Promise<Spawn> {
  return process.platform === 'win32' ? ((await import('cross-spawn')).default as Spawn) : spawn;
}
