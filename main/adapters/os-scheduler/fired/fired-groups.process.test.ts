import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { OsSchedulerKind } from '../../../contract/os-scheduler-kinds.ts';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { cronCommand } from '../cron/cron-command.ts';
import { fireCondition } from '../systemd/fire-condition.ts';
import { contextOf, groupOf } from '../testing/schedule-arbitraries.ts';
import { checkFile, checkName } from './fire-check.ts';
import { firedGroups } from './fired-groups.ts';

/** A process id that no process has: above the largest one that Linux allows (proc(5), `pid_max`). */
const noProcess = 4_194_305;
const kinds = ['systemd', 'cron'] as const;
type Kind = (typeof kinds)[number];

interface Fire {
  readonly path?: string | undefined;
  /** Shell commands that run first. */
  readonly before?: string;
}

/** Fires the group `daily` as the scheduler does. Returns whether the program started. */
async function starts(
  kind: Kind,
  folder: string,
  { path = process.env['PATH'], before = '' }: Fire = {},
): Promise<boolean> {
  const context = { ...contextOf('UTC', 0), firedDir: folder, command: ['/bin/sh', '-c', 'exit 7'] };
  const line = cronCommand(groupOf('0 9 * * *', 'UTC', 'daily'), context).command.replaceAll('\\%', '%');
  const words = kind === 'cron' ? [before + line] : [before + fireCondition, 'ncp-scheduler', folder, 'daily'];
  const shell = spawn('/bin/sh', ['-c', ...words], { env: { PATH: path }, stdio: 'ignore' });
  const code = await new Promise<number | null>((resolve) => shell.once('exit', resolve));
  const meanings = kind === 'cron' ? { 7: true, 0: false } : { 0: true, 1: false };
  const started = new Map(Object.entries(meanings)).get(String(code));
  if (started === undefined) throw new Error(`the entry ended with ${String(code)}`);
  return started;
}

/** Returns a folder of notes in which this process is the primary, and what notes its fires. */
async function primaryIn(kind: Kind, { above = temporaryDir(), pid = process.pid } = {}) {
  const folder = join(above, 'notes');
  const groups = firedGroups({ kind: async () => kind, folders: { [kind]: folder }, pid });
  await groups.open();
  return { folder, groups };
}

describe.each(kinds)('an entry of %s', (kind) => {
  it('skips the start if the primary has fired its group in this minute, also if an earlier fire settles later', async () => {
    const { folder, groups } = await primaryIn(kind);
    groups.note('daily', Date.now());
    groups.note('daily', Date.now() - 120_000);
    expect(await starts(kind, folder)).toBe(false);
    groups.close();
    expect(await starts(kind, folder)).toBe(true);
  });

  it('skips the start also if the folder above the notes was removed and made again', async () => {
    const above = join(temporaryDir(), 'run');
    const { folder, groups } = await primaryIn(kind, { above });
    groups.note('daily', Date.now() - 1);
    mkdirSync(above);
    groups.note('daily', Date.now());
    expect(await starts(kind, folder)).toBe(false);
    rmSync(above, { recursive: true });
    groups.note('daily', Date.now() + 60_000);
    mkdirSync(above);
    groups.note('daily', Date.now() + 120_000);
    expect(await starts(kind, folder)).toBe(false);
  });

  it('waits for a primary that is about to fire', async () => {
    const { folder } = await primaryIn(kind);
    const before = `(sleep 0.4; date +%s >'${join(folder, 'daily.fired')}') & `;
    expect(await starts(kind, folder, { before })).toBe(false);
  });

  it.each<[what: string, primary: string | null]>([
    ['no process is the primary', null],
    ['the primary is gone', `${noProcess}\n`],
    ['the note of the primary is empty', ''],
    ['the note of the primary is no number', 'x; exit 1\n'],
  ])('starts the program at once if %s', async (_what, primary) => {
    const folder = temporaryDir();
    writeFileSync(join(folder, checkName), checkFile);
    if (primary !== null) writeFileSync(join(folder, 'primary'), primary);
    writeFileSync(join(folder, 'daily.fired'), `${Math.floor(Date.now() / 1000)}\n`);
    expect(await starts(kind, folder)).toBe(true);
  });

  it('starts the program if the primary was killed after it fired, at once', async () => {
    const primary = spawn('sleep', ['600'], { stdio: 'ignore' });
    const { folder, groups } = await primaryIn(kind, { pid: primary.pid ?? noProcess });
    groups.note('daily', Date.now());
    const ended = new Promise((resolve) => primary.once('exit', resolve));
    primary.kill('SIGKILL');
    await ended;
    expect(await starts(kind, folder)).toBe(true);
  });

  it('starts the program if a living primary does not fire the group, as one that hangs or has another schedule', async () => {
    const primary = spawn('sleep', ['600'], { stdio: 'ignore' });
    primary.kill('SIGSTOP');
    const cases = [null, `${Math.floor(Date.now() / 1000) - 120}\n`, '$(exit 1)\n'].map(async (note) => {
      const { folder } = await primaryIn(kind, { pid: primary.pid ?? noProcess });
      if (note !== null) writeFileSync(join(folder, 'daily.fired'), note);
      return starts(kind, folder);
    });
    const started = await Promise.all(cases);
    primary.kill('SIGKILL');
    expect(started).toEqual([true, true, true]);
  });

  it('starts the program if only the primary of another data directory fires such a group', async () => {
    const other = await primaryIn(kind);
    other.groups.note('daily', Date.now());
    expect(await starts(kind, join(temporaryDir(), 'notes'))).toBe(true);
  });

  it('starts the program if the shell finds no other program', async () => {
    const { folder, groups } = await primaryIn(kind);
    groups.note('daily', Date.now());
    expect(await starts(kind, folder, { path: '/nowhere' })).toBe(true);
  });
});

describe('the notes', () => {
  it('are the person’s alone, one folder for each data directory, and gone at the end', async () => {
    const [one, two] = [await primaryIn('systemd'), await primaryIn('systemd')];
    expect(statSync(two.folder).mode & 0o777).toBe(0o700);
    one.groups.close();
    expect([existsSync(one.folder), existsSync(two.folder)]).toEqual([false, true]);
  });

  it.each<[what: string, kind: OsSchedulerKind, above: string | undefined]>([
    ['on a machine without a runtime directory', 'systemd', '/nowhere/at/all'],
    ['for a scheduler whose entries do not read them', 'launchd', undefined],
  ])('are not written %s', async (_what, kind, above) => {
    const folder = join(above ?? temporaryDir(), 'notes');
    const groups = firedGroups({ kind: async () => kind, folders: { systemd: folder }, pid: process.pid });
    await groups.open();
    groups.note('daily', Date.now());
    groups.close();
    expect(existsSync(folder)).toBe(false);
  });

  it('are not written by a primary that ends before it knows the scheduler', async () => {
    const folder = join(temporaryDir(), 'notes');
    const groups = firedGroups({ kind: async () => 'cron', folders: { cron: folder }, pid: process.pid });
    const opened = groups.open();
    groups.close();
    await opened;
    expect(existsSync(folder)).toBe(false);
  });
});
