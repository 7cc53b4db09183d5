import { spawn as nodeSpawn } from 'node:child_process';

/**
 * `spawn`, on Windows with the search for `.cmd` files that people expect of `npx` and the like: Node refuses to start
 * those by itself (CVE-2024-27980). Loaded only there, since loading it costs more than the check.
 */
export const spawn: typeof nodeSpawn =
  process.platform === 'win32' ? ((await import('cross-spawn')).default as typeof nodeSpawn) : nodeSpawn;
