import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { CommandRunner } from '../run-program.ts';

/** Where logind records lingering users, for machines on which it cannot be asked (`man 1 loginctl`, enable-linger). */
const LINGER_DIRECTORY = '/var/lib/systemd/linger';

/** Returns whether this person's user manager also runs without a login. */
export async function lingers(run: CommandRunner, username: string): Promise<boolean> {
  const result = await run('loginctl', ['show-user', username, '--property=Linger', '--value']);
  if (result.exitCode === 0) return result.stdout.trim() === 'yes';
  return existsSync(join(LINGER_DIRECTORY, username));
}
