import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { pollMsOf, watchFile } from './watch-file.ts';

/** Watches `config.json` in the folder. Returns how many changes were noticed. */
function watched(folder: string, timing: Parameters<typeof watchFile>[2]): () => number {
  let noticed = 0;
  const { stop } = watchFile(join(folder, 'config.json'), () => (noticed += 1), timing);
  onTestFinished(stop);
  return () => noticed;
}
/** Never, within a test: only events count. */
const noPoll = { quietMs: 5, pollMs: 3_600_000 };

it('notices changes by events', async () => {
  const folder = temporaryDir();
  const noticed = watched(folder, noPoll);
  writeFileSync(join(folder, 'config.json'), '{}');
  await expect.poll(noticed, { timeout: 20_000 }).toBe(1);
});

it('goes on in a folder that took the place of the watched one', async () => {
  const above = temporaryDir();
  const folder = join(above, 'data');
  mkdirSync(folder);
  const noticed = watched(folder, { quietMs: 5, pollMs: 20 });
  renameSync(folder, join(above, 'old'));
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), '{}');
  await expect.poll(noticed, { timeout: 20_000 }).toBe(1);
  rmSync(join(folder, 'config.json'));
  await expect.poll(noticed, { timeout: 20_000 }).toBe(2);
});

it('begins when a missing folder is made', async () => {
  const folder = join(temporaryDir(), 'later');
  const noticed = watched(folder, { quietMs: 5, pollMs: 20 });
  mkdirSync(folder);
  writeFileSync(join(folder, 'config.json'), '{}');
  await expect.poll(noticed, { timeout: 20_000 }).toBe(1);
});

it('polls once a minute where each change sends an event, every two seconds elsewhere', (context) => {
  if (process.platform !== 'linux') context.skip('only Linux has /dev/shm and /proc');
  expect(['/dev/shm/a', '/proc/a', '/nowhere/a'].map((path) => pollMsOf(path))).toEqual([60_000, 2000, 60_000]);
  expect(pollMsOf('/dev/shm/a', 'darwin')).toBe(2000);
});

it('polls a file that is another mount than its folder every two seconds', (context) => {
  if (process.platform !== 'linux') context.skip('only Linux has /dev/shm');
  const folder = temporaryDir();
  // stat(2) follows a link, so it tells another device, like that of a file mounted into a container.
  symlinkSync('/proc/version', join(folder, 'config.json'));
  writeFileSync(join(folder, 'plain.json'), '{}');
  if (pollMsOf(join(folder, 'plain.json')) !== 60_000)
    context.skip('the temporary folder is on no file system of this machine');
  expect(pollMsOf(join(folder, 'config.json'))).toBe(2000);
});
