import { chownSync, mkdirSync, readFileSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { withFileLock } from './cron/file-lock.ts';
import { firedGroups, noteFolders } from './fired/fired-groups.ts';
import { replaceFile } from './replace-file.ts';

it('root writes no entry and no lock in the home of another user, where `sudo -E` and `su` lead', async ({ skip }) => {
  if (process.getuid?.() !== 0) skip('needs root, to give a folder to another user');
  const home = join(temporaryDir(), 'home');
  mkdirSync(home);
  chownSync(home, 1234, 1234);
  const refused = expect.objectContaining({ code: 'store/foreign-owner' }) as Error;
  expect(() => replaceFile(join(home, '.config/systemd/user/ncp.timer'), '')).toThrow(refused);
  await expect(withFileLock(join(home, '.config/crontab.lock'), 0, () => Promise.resolve())).rejects.toThrow(refused);
  expect(readdirSync(home)).toEqual([]);
});

it('root notes no fire in the runtime directory of another user, who could lead it elsewhere by a link', async ({
  skip,
}) => {
  if (process.getuid?.() !== 0) skip('needs root, to give a folder to another user');
  const [runtime, shadow] = [join(temporaryDir(), 'runtime'), join(temporaryDir(), 'shadow')];
  mkdirSync(join(runtime, 'ncp-scheduler'), { recursive: true });
  writeFileSync(shadow, 'root only');
  for (const name of ['primary', 'daily.fired']) symlinkSync(shadow, join(runtime, 'ncp-scheduler', name));
  chownSync(runtime, 1234, 1234);
  const folders = noteFolders(runtime, { namespace: '' });
  const groups = firedGroups({ kind: async () => 'systemd', folders, pid: 7 });
  await groups.open();
  groups.note('daily', 60_000);
  groups.close();
  expect(readFileSync(shadow, 'utf8')).toBe('root only');
  expect(readdirSync(join(runtime, 'ncp-scheduler'))).toEqual(['daily.fired', 'primary']);
});
