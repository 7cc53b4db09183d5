import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { SchedulerError } from '../../../domain/errors.ts';
import { cronJobs } from './cron-tables.ts';
import type { CronOptions } from './cron-tables.ts';
import { mostJobs } from './reading.ts';

const nowMs = Date.UTC(2026, 10, 28, 12);
const context = { nowMs, timezone: 'UTC', homeDir: '/home/kim', username: 'kim' };
let root = '';

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ncp-cron-tables-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(path: string, text: string, mode = 0o644): string {
  const whole = join(root, path);
  mkdirSync(dirname(whole), { recursive: true });
  writeFileSync(whole, text);
  chmodSync(whole, mode);
  return whole;
}
const find = (options: Partial<CronOptions> = {}) =>
  cronJobs({ crontab: () => Promise.resolve(null), daemonRuns: () => true, root, ...options }, context);

const debianCrontab = [
  '# m h dom mon dow user command',
  'SHELL=/bin/sh',
  '17 * * * * root cd / && run-parts --report /etc/cron.hourly',
  '25 6 * * * root test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }',
  '30 2 * * * backup /usr/local/bin/dump --all',
].join('\n');

test('a system table names the user of each line, and a script runs by the line of its folder', async () => {
  const table = write('etc/crontab', debianCrontab);
  const script = write('etc/cron.hourly/sync', '#!/bin/sh\nrsync a b\n', 0o755);
  const { jobs, unread } = await find();
  expect(unread).toEqual([]);
  expect(jobs.find(({ source }) => source === `${table}, line 5`)).toMatchObject({
    place: 'system-crontab',
    runsAs: 'backup',
    command: '/usr/local/bin/dump --all',
    written: '30 2 * * *',
    original: '30 2 * * * backup /usr/local/bin/dump --all',
    last: { result: 'unknown', detail: 'cron does not record results' },
  });
  expect(jobs.find(({ source }) => source === `${table}, line 4`)?.name).toBe('Scripts in /etc/cron.daily');
  expect(jobs.find(({ source }) => source === script)).toMatchObject({
    place: 'cron-folder',
    name: 'sync',
    runsAs: 'root',
    original: '#!/bin/sh\nrsync a b\n',
    stopped: null,
  });
  expect(jobs.find(({ source }) => source === script)?.schedules).toHaveLength(1);
});

test('files that cron and run-parts pass over are listed with the reason', async () => {
  write('etc/debian_version', '12.0');
  write('etc/crontab', debianCrontab);
  write('etc/cron.d/backup.disabled', '0 1 * * * root true\n');
  write('etc/cron.daily/backup.sh', '#!/bin/sh\n', 0o755);
  write('etc/cron.daily/not-executable', '#!/bin/sh\n');
  write('etc/cron.weekly/forgotten', '#!/bin/sh\n', 0o755);
  write('etc/cron.daily/.placeholder', '');
  const { jobs } = await find();
  const stopped = Object.fromEntries(jobs.flatMap(({ name, stopped: why }) => (why === null ? [] : [[name, why]])));
  expect(stopped).toEqual({
    true: 'cron passes over this file: its name has a character other than letters, digits, "_" and "-".',
    'backup.sh': 'run-parts passes over this file: its name has a character other than letters, digits, "_" and "-".',
    'not-executable': 'run-parts passes over this file: it is not executable.',
    forgotten: 'No line of the system’s crontab runs this folder.',
  });
});

test('without a cron daemon nothing of cron runs, and each job says so', async () => {
  const { jobs } = await find({ crontab: () => Promise.resolve('0 9 * * * backup\n'), daemonRuns: () => false });
  expect(jobs.map(({ stopped }) => stopped)).toEqual(['No cron daemon runs on this machine.']);
});

test('anacron takes the folders over, and tells when it last ran them', async () => {
  write('usr/sbin/anacron', '', 0o755);
  write('etc/crontab', debianCrontab);
  write('etc/anacrontab', 'SHELL=/bin/sh\n1 5 cron.daily run-parts --report /etc/cron.daily\n');
  write('etc/cron.daily/nightly', '#!/bin/sh\n', 0o755);
  const stamp = write('var/spool/anacron/cron.daily', '20261120\n', 0o600);
  const ended = Date.UTC(2026, 10, 20, 7, 30);
  utimesSync(stamp, ended / 1000, ended / 1000);
  const { jobs } = await find();
  const nightly = jobs.find(({ name }) => name === 'nightly');
  expect(nightly).toMatchObject({ trigger: 'Every day on which the machine is on', nextMs: ended + 86_400_000 });
  expect(nightly?.last).toEqual({ atMs: ended, result: 'unknown', detail: 'anacron does not record results' });
});

test('entries of this app and of ncp are left out', async () => {
  const text =
    '# >>> NCP SCHEDULER >>> written by the app\n0 9 * * * x\n# <<< NCP SCHEDULER <<<\n# moved to NCP Scheduler b1: 0 1 * * * old\n5 5 * * * mine\n';
  const { jobs } = await find({ crontab: () => Promise.resolve(text) });
  expect(jobs.map(({ source, name }) => [source, name])).toEqual([['line 5', 'mine']]);
});

test('what cannot be read is named with its reason, and the rest is still listed', async () => {
  write('etc/cron.d/good', '0 1 * * * root true\n');
  symlinkSync('loop', join(root, 'etc/cron.d/loop'));
  const refusing = () => Promise.reject(new SchedulerError('os/crontab-unreadable', 'You may not use crontab.'));
  const { jobs, unread } = await find({ crontab: refusing });
  expect(jobs).toHaveLength(1);
  expect(unread).toMatchObject([
    { place: 'crontab', what: 'crontab -l', reason: 'You may not use crontab.' },
    {
      place: 'system-crontab',
      what: join(root, 'etc/cron.d/loop'),
      reason: expect.stringContaining('ELOOP') as string,
    },
  ]);
});

test('lines that cron cannot run say so, and times that cron expressions cannot express stay as written', async () => {
  const text = 'nonsense\n0 0 30 2 * never\n@every_minute busy\n';
  const { jobs } = await find({ crontab: () => Promise.resolve(text) });
  expect(jobs[0]?.stopped).toContain('it is not a schedule with a command');
  expect(jobs[2]).toMatchObject({ trigger: '@every_minute', schedules: [], nextMs: null });
});

test('of a crontab with very many lines the first ones are listed, and it says how many there are', async () => {
  const { jobs, unread } = await find({ crontab: () => Promise.resolve('0 9 * * * a\n'.repeat(mostJobs + 2)) });
  expect(jobs).toHaveLength(mostJobs);
  expect(unread[0]?.reason).toBe('It has 5002 jobs. Only the first 5000 are listed.');
});
