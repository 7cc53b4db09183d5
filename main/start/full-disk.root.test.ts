import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { builtCommandLine } from '../testing/built-command-line.ts';
import type { BuiltCommandLine } from '../testing/built-command-line.ts';
import { temporaryDir } from '../testing/temporary-dir.ts';

const cannot = 'needs root, and permission to mount a small disk';

interface SmallDisk {
  readonly mount: string;
  readonly dataDir: string;
  readonly cli: BuiltCommandLine;
  /** Runs a command in a process of its own on the disk's data directory. */
  run(...argv: readonly string[]): ReturnType<BuiltCommandLine['json']>;
}

/** Mounts a disk of 2 MiB with a data directory that has one task and one run; null if that is not allowed. */
async function smallDisk(): Promise<SmallDisk | null> {
  if (process.getuid?.() !== 0) return null;
  const mount = temporaryDir();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m,mode=0700', 'tmpfs', mount], { stdio: 'ignore' });
  } catch {
    return null;
  }
  onTestFinished(() => void execFileSync('umount', ['-l', mount]));
  const cli = builtCommandLine();
  onTestFinished(() => cli.dispose());
  const dataDir = join(mount, 'data');
  mkdirSync(dataDir);
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process' }));
  const run = (...argv: readonly string[]) => cli.json('--data-dir', dataDir, ...argv);
  expect(
    await run(
      'create',
      '--name',
      'Kept',
      '--schedule',
      'every minute',
      '--tool',
      'shell:run',
      '--params',
      '{"command":"true"}',
    ),
  ).toMatchObject({ code: 0 });
  return { mount, dataDir, cli, run };
}

function fill(path: string): void {
  const file = openSync(path, 'w');
  try {
    for (;;) writeSync(file, Buffer.alloc(4096));
  } catch (error) {
    expect(error).toMatchObject({ code: 'ENOSPC' });
  } finally {
    closeSync(file);
  }
}

/** Commands that show definitions, with what each shows of the task. */
const reading: readonly (readonly [readonly string[], object])[] = [
  [['list'], { tasks: [{ name: 'Kept' }] }],
  [['get', 'Kept'], { task: { name: 'Kept' } }],
  [['groups'], { timings: [{ id: 'every-min' }] }],
  [['next', 'every-min'], {}],
  [['why', 'Kept'], {}],
  [['runs'], { total: 0 }],
];
const changing: readonly (readonly string[])[] = [
  ['create', '--name', 'New', '--schedule', 'every minute', '--tool', 'shell:run', '--params', '{"command":"true"}'],
  ['trigger', 'Kept'],
  ['_timing-run', 'every-min'],
  ['pause', 'Kept'],
];

async function expectShownButUnchanged(disk: SmallDisk, code: string, words: RegExp): Promise<void> {
  const before = readFileSync(join(disk.dataDir, 'schedule.json'), 'utf8');
  for (const [argv, shown] of reading) {
    const { answer, code: exit, stderr } = await disk.run(...argv);
    expect([argv, exit, answer]).toMatchObject([argv, 0, { ok: true, ...shown }]);
    expect(stderr).toMatch(words);
    expect(stderr).toContain('past and running runs are not shown');
  }
  for (const argv of changing) {
    const { answer, code: exit } = await disk.run(...argv);
    expect([argv, exit, answer]).toMatchObject([argv, 4, { ok: false, error: { code } }]);
  }
  const { answer } = await disk.run('doctor');
  const problems = (answer['checks'] as { status: string; message: string }[]).filter(
    ({ status }) => status === 'problem',
  );
  expect(problems.map(({ message }) => message).join('\n')).toMatch(words);
  expect(readFileSync(join(disk.dataDir, 'schedule.json'), 'utf8')).toBe(before);
}

it('a full disk is reported as full by every command, definitions are shown, and all is well once there is space', async ({
  skip,
}) => {
  const disk = await smallDisk();
  if (disk === null) return skip(cannot);
  fill(join(disk.mount, 'ballast'));
  await expectShownButUnchanged(disk, 'store/disk-full', /The disk is full/);
  rmSync(join(disk.mount, 'ballast'));
  expect(await disk.run('trigger', 'Kept')).toMatchObject({ code: 0, stderr: '' });
  expect((await disk.run('runs')).answer).toMatchObject({ total: 1 });
});

it('a disk that is mounted read-only is reported as read-only by every command, and definitions are shown', async ({
  skip,
}) => {
  const disk = await smallDisk();
  if (disk === null) return skip(cannot);
  execFileSync('mount', ['-o', 'remount,ro', disk.mount]);
  await expectShownButUnchanged(disk, 'store/read-only', /mounted read-only/);
  execFileSync('mount', ['-o', 'remount,rw', disk.mount]);
  expect(await disk.run('trigger', 'Kept')).toMatchObject({ code: 0, stderr: '' });
});
