import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../../testing/temporary-dir.ts';
import { fireCondition, firedGroups } from './fired-groups.ts';

/** A process id that no process has: above the largest one that Linux allows (proc(5), `pid_max`). */
const noProcess = 4_194_305;

/** Runs the condition as systemd does: 1 skips the start of the program, 0 starts it. */
async function condition(runtimeDir: string, path = process.env['PATH'], before = ''): Promise<number | null> {
  const words = ['-c', before + fireCondition, 'ncp-scheduler', join(runtimeDir, 'ncp-scheduler'), 'daily'];
  const shell = spawn('/bin/sh', words, { env: { PATH: path }, stdio: 'ignore' });
  return new Promise((resolve) => shell.once('exit', resolve));
}

/** Returns a runtime directory in which this process is the primary, and what notes its fires. */
function primaryIn(runtimeDir = temporaryDir()) {
  const groups = firedGroups(runtimeDir, '', process.pid);
  groups.open();
  return { runtimeDir, groups };
}

describe('an entry of systemd', () => {
  it('skips the start if the primary has fired its group in this minute, also if an earlier fire settles later', async () => {
    const { runtimeDir, groups } = primaryIn();
    groups.note('daily', Date.now());
    groups.note('daily', Date.now() - 120_000);
    expect(await condition(runtimeDir)).toBe(1);
    groups.close();
    expect(await condition(runtimeDir)).toBe(0);
  });

  it('skips the start also if the last logout removed the runtime directory and a login made it again', async () => {
    const runtimeDir = join(temporaryDir(), 'run');
    const { groups } = primaryIn(runtimeDir);
    groups.note('daily', Date.now() - 1);
    mkdirSync(runtimeDir);
    groups.note('daily', Date.now());
    expect(await condition(runtimeDir)).toBe(1);
    rmSync(runtimeDir, { recursive: true });
    groups.note('daily', Date.now() + 60_000);
    mkdirSync(runtimeDir);
    groups.note('daily', Date.now() + 120_000);
    expect(await condition(runtimeDir)).toBe(1);
  });

  it('waits for a primary that is about to fire', async () => {
    const { runtimeDir } = primaryIn();
    const note = join(runtimeDir, 'ncp-scheduler', 'daily.fired');
    expect(await condition(runtimeDir, process.env['PATH'], `(sleep 0.4; date +%s >'${note}') & `)).toBe(1);
  });

  it.each<[what: string, primary: string | null]>([
    ['no process is the primary', null],
    ['the primary is gone', `${noProcess}\n`],
    ['the note of the primary is empty', ''],
    ['the note of the primary is no number', 'x; exit 1\n'],
  ])('starts the program at once if %s', async (_what, primary) => {
    const runtimeDir = temporaryDir();
    const folder = join(runtimeDir, 'ncp-scheduler');
    mkdirSync(folder);
    if (primary !== null) writeFileSync(join(folder, 'primary'), primary);
    writeFileSync(join(folder, 'daily.fired'), `${Math.floor(Date.now() / 1000)}\n`);
    expect(await condition(runtimeDir)).toBe(0);
  });

  it('starts the program if a living primary does not fire the group, as one that hangs', async () => {
    const cases = [null, `${Math.floor(Date.now() / 1000) - 120}\n`, '$(exit 1)\n'].map((note) => {
      const { runtimeDir } = primaryIn();
      if (note !== null) writeFileSync(join(runtimeDir, 'ncp-scheduler', 'daily.fired'), note);
      return condition(runtimeDir);
    });
    expect(await Promise.all(cases)).toEqual([0, 0, 0]);
  });

  it('starts the program if the shell finds no other program', async () => {
    const { runtimeDir, groups } = primaryIn();
    groups.note('daily', Date.now());
    expect(await condition(runtimeDir, '/nowhere')).toBe(0);
  });
});

describe('the notes', () => {
  it('are the person’s alone, one folder for each data directory, and gone at the end', () => {
    const runtimeDir = temporaryDir();
    const [one, two] = [firedGroups(runtimeDir, '', 1), firedGroups(runtimeDir, 'abc', 2)];
    one.open();
    two.open();
    expect(statSync(join(runtimeDir, 'ncp-scheduler-abc')).mode & 0o777).toBe(0o700);
    one.close();
    expect([existsSync(join(runtimeDir, 'ncp-scheduler')), existsSync(join(runtimeDir, 'ncp-scheduler-abc'))]).toEqual([
      false,
      true,
    ]);
  });

  it('are not written on a machine without a runtime directory', () => {
    const { runtimeDir, groups } = primaryIn(join(temporaryDir(), 'missing'));
    groups.note('daily', Date.now());
    groups.close();
    expect(existsSync(runtimeDir)).toBe(false);
  });
});
