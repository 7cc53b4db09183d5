import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createImportFiles } from '../../importing/import-files.ts';
import { context, noAgents, only, reasons } from '../../testing/readings.ts';
import { machineAccounts } from './machine-accounts.ts';
import { readCrontab } from '../read-crontab.ts';
import type { CrontabOrigin } from './user-column.ts';

const users = new Set(['root', 'kim', 'mail', 'www-data']);
const programs = new Set(['mail', 'python3', 'run-parts']);
const accounts = { isUser: (name: string) => users.has(name), isProgram: (name: string) => programs.has(name) };
const read = (text: string, origin: CrontabOrigin = null) => readCrontab(text, context, origin, accounts);
const commands = (text: string, origin: CrontabOrigin = null) =>
  read(text, origin).tasks.map(({ parameters }) => parameters['command']);

/** The end of the header of /etc/crontab in Red Hat, Fedora and Debian 12. */
const redHat = [
  '# Example of job definition:',
  '# .---------------- minute (0 - 59)',
  '# |  .------------- hour (0 - 23)',
  '# *  *  *  *  * user-name  command to be executed',
].join('\n');

describe('the user column of a system crontab', () => {
  it.each(['/etc/crontab', '/etc/cron.d/e2scrub_all', '/srv/copy/etc/cron.d/php'])(
    'is known by the path %s',
    (path) => {
      const reading = read('30 3 * * 0 root test -e /run/systemd/system || e2scrub_all\n5 4 * * * kim mine\n', {
        path,
      });
      expect(only(reading).parameters).toEqual({ command: 'mine' });
      expect(reasons(reading)).toContain('"root"');
      expect(reading.notes).toEqual([expect.stringContaining('tasks run as you')]);
    },
  );

  it.each([redHat, '# m h dom mon dow user\tcommand', '#minute\thour\tmday\tmonth\twday\twho\tcommand'])(
    'is known by the header %#',
    (header) => {
      expect(commands(`${header}\n17 * * * * far-user cd /\n5 4 * * * kim mine --all\n`)).toEqual(['mine --all']);
    },
  );

  it('is known by its content: each line begins with a user of the machine', () => {
    const reading = read('0 */12 * * * root test -x /usr/bin/certbot\n9 4 * * * kim:staff/daemon mine\n');
    expect(reading.tasks).toEqual([]);
    expect(reading.refused).toHaveLength(2);
    expect(commands('0 4 * * * www-data php cron.php\n0 5 * * * kim mine\n')).toEqual(['mine']);
  });

  it('is not seen in a personal crontab', () => {
    expect(commands('0 4 * * * root me\n', { personal: true })).toEqual(['root me']);
    expect(commands('0 4 * * * mail kim\n0 5 * * * mail -s Hi kim\n')).toEqual(['mail kim', 'mail -s Hi kim']);
    expect(commands('0 4 * * * kim\n0 5 * * * root -b -q fit.C\n')).toEqual(['kim', 'root -b -q fit.C']);
    expect(commands(`${redHat}\n0 4 * * * /usr/bin/backup all\n`)).toEqual(['/usr/bin/backup all']);
    expect(commands(`${redHat}\n0 4 * * * python3 all.py\n`)).toEqual(['python3 all.py']);
  });

  it('must be followed by a command', () => {
    expect(reasons(read('0 4 * * * kim\n', { path: '/etc/cron.d/x' }))).toContain('no command after the user');
  });
});

describe('a file in the folder of the system', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'ncp-user-column-'));
    mkdirSync(join(root, 'etc/cron.d'), { recursive: true });
    mkdirSync(join(root, 'usr/bin'), { recursive: true });
    writeFileSync(join(root, 'etc/passwd'), 'root:x:0:0:root:/root:/bin/bash\nkim:x:1000:1000::/home/kim:/bin/sh\n');
    writeFileSync(join(root, 'usr/bin/tar'), '');
  });
  afterAll(() => rmSync(root, { recursive: true }));

  it('is read with its user column', async () => {
    const path = join(root, 'etc/cron.d/mine');
    writeFileSync(path, '5 4 * * * kim tar -c x\n');
    const nothing = { crontab: () => Promise.resolve(null), windowsTasks: () => Promise.resolve(new Map()) };
    const files = createImportFiles({
      context: () => context,
      ...nothing,
      agentSchedules: noAgents,
      serverFiles: () => [],
    });
    expect(await files.read(path, null)).toMatchObject({ tasks: [{ parameters: { command: 'tar -c x' } }] });
  });

  it('tells users from programs', () => {
    const here = machineAccounts(root);
    expect(['root', 'kim', 'tar'].map((name) => here.isUser(name))).toEqual([true, true, false]);
    expect(['kim', 'tar'].map((name) => here.isProgram(name))).toEqual([false, true]);
    expect(machineAccounts(join(root, 'nowhere')).isUser('root')).toBe(false);
  });
});
