import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import { createCommandRunner } from '../run-program.ts';
import { CRONTAB_WAIT_MS, holdCrontab } from '../testing/whole-crontab.ts';
import { readInstalledCrontab, userCrontab } from './crontab.ts';
import { createPersonCrontab } from './person-crontab.ts';

const run = createCommandRunner();
const theirs = '# n\xe4mlich \xff\n0 9 * * * echo 50\\% done\n\nA=b\n*/5 * * * * true\n';
let folder = '';

beforeAll(holdCrontab, CRONTAB_WAIT_MS);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-moved-'));
});
afterEach(async (test) => {
  if (test.task.result?.state !== 'skip') await run('crontab', ['-r']);
  rmSync(folder, { recursive: true, force: true });
});

it('comments lines out in the real crontab, and restores it byte for byte', async (test) => {
  const present = await run('crontab', ['-l']);
  if (present.failure !== null) test.skip(`crontab does not start: ${present.failure}`);
  if (present.exitCode === 0 && process.env['NCP_TEST_USER'] !== 'throwaway')
    test.skip('you have a crontab of your own');
  await run('crontab', ['-'], { input: Buffer.from(theirs, 'latin1') });
  const person = createPersonCrontab(userCrontab({ homeDir: folder, backupDir: join(folder, 'copies') }));
  await person.commentOut([2, 5], Buffer.from(theirs, 'latin1').toString('utf8'), 'b1');
  const moved = (await readInstalledCrontab(run)) ?? '';
  expect(moved).toContain('\n# moved to NCP Scheduler b1: 0 9 * * * echo 50\\% done\n');
  expect(moved.split('\n').filter((line) => /^[\d*]/.test(line))).toEqual([]);
  expect(await person.restore('b1')).toBe(2);
  expect(await readInstalledCrontab(run)).toBe(theirs);
});
