import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from '../../files.ts';
import type { Accounts } from './user-column.ts';

const programFolders = ['/usr/bin', '/bin', '/usr/local/bin', '/usr/sbin', '/sbin'];

/** Returns the users of `/etc/passwd` and the programs of the usual folders. `root` is another folder for tests. */
export function machineAccounts(root = '/'): Accounts {
  let users: ReadonlySet<string> | null = null;
  const read = (): ReadonlySet<string> => {
    const lines = (readIfThere(join(root, 'etc/passwd')) ?? '').split('\n');
    return new Set(lines.flatMap((line) => (line.includes(':') ? [line.slice(0, line.indexOf(':'))] : [])));
  };
  return {
    isUser: (name) => (users ??= read()).has(name),
    isProgram: (name) => programFolders.some((folder) => existsSync(join(root, folder, name))),
  };
}
