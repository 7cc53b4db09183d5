import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ncpFixtureDir } from '../../../testing/migration-fixture.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { FakeCrontab } from '../testing/fake-crontab.ts';
import { contextOf } from '../testing/schedule-arbitraries.ts';
import { CronScheduler } from './cron-scheduler.ts';
import { Crontab } from './crontab.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const theirs = '# my own line\n*/7 * * * * echo mine > /dev/null\nMAILTO=me@example.org\n';

function schedulerOn(fake: FakeCrontab): CronScheduler {
  const folder = temporaryDir();
  const files = { backupDir: join(folder, 'backups'), lockPath: join(folder, 'lock') };
  const crontab = new Crontab({ run: fake.run, ...files, now: () => NOW });
  return new CronScheduler({ crontab, daemonRuns: async () => true });
}

describe('the entries of the earlier product', () => {
  const block = (...lines: string[]): string =>
    ['# === NCP SCHEDULED JOBS - DO NOT EDIT MANUALLY ===', ...lines, '# === END NCP SCHEDULED JOBS ===', ''].join(
      '\n',
    );
  const pair = (id: string): string[] => [`# NCP_JOB: ${id}`, `0 9 * * * ncp _job-run ${id}`];
  const removed = async (text: string, ...ids: string[]): Promise<string | null> => {
    const fake = new FakeCrontab(text);
    expect(await schedulerOn(fake).removeLegacy(ids, contextOf('UTC', NOW))).toMatchObject(
      ids.map(() => ({ change: 'removed' })),
    );
    return fake.text;
  };

  it('are removed on request, with their block, and every line of the person stays byte for byte', async () => {
    const text = readFileSync(join(ncpFixtureDir, 'crontab.txt'), 'latin1');
    const mine = text.slice(0, text.indexOf('# === NCP'));
    expect(await removed(`${text}# below \xff\r\n`, 'job-001', 'daily-9am', '__ncp_automatic_cleanup__')).toBe(
      `${mine}# below \xff\r\n`,
    );
  });

  it('are removed one by one while others stay', async () => {
    const text = `${theirs}${block(...pair('a'), ...pair('b'))}`;
    expect(await removed(text, 'a')).toBe(`${theirs}${block(...pair('b'))}`);
    expect(await removed(text, 'nobody')).toBe(text);
  });

  it('leave other lines in the block, and lines after a block without an end', async () => {
    expect(await removed(`${theirs}${block(...pair('a'), '5 5 * * * mine')}`, 'a')).toBe(`${theirs}5 5 * * * mine\n`);
    const endless = ['# === NCP SCHEDULED JOBS - DO NOT EDIT MANUALLY ===', ...pair('a'), '5 5 * * * mine', ''].join(
      '\n',
    );
    expect(await removed(endless, 'a')).toBe('5 5 * * * mine\n');
  });

  it('leave no crontab if there was nothing else', async () => {
    expect(await removed(block(...pair('a')), 'a')).toBeNull();
  });
});
