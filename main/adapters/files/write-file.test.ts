import { execFileSync } from 'node:child_process';
import { closeSync, constants, mkdirSync, openSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { firedGroups } from '../os-scheduler/fired/fired-groups.ts';
import { writeFile } from './write-file.ts';

const onWindows = process.platform === 'win32' ? ' (Windows has no such files)' : '';

describe('a file that is written', () => {
  it('is created for its owner, and replaced whole, through links too', () => {
    const path = join(temporaryDir(), 'file');
    writeFile(path, 'a long text');
    if (onWindows === '') expect(statSync(path).mode & 0o777).toBe(0o600);
    writeFile(path, Buffer.from('short'));
    expect(readFileSync(path, 'utf8')).toBe('short');
    symlinkSync(path, `${path}-link`);
    writeFile(`${path}-link`, 'new');
    expect(readFileSync(path, 'utf8')).toBe('new');
    expect(() => writeFile(join(path, 'in-a-file'), '')).toThrow('ENOTDIR');
  });

  it.skipIf(onWindows)(`keeps its mode${onWindows}`, () => {
    const path = join(temporaryDir(), 'file');
    writeFileSync(path, '', { mode: 0o640 });
    writeFile(path, 'a');
    expect(statSync(path).mode & 0o777).toBe(0o640);
  });
});

describe.skipIf(onWindows)(`what is no file is refused and never opened for writing${onWindows}`, () => {
  it('a folder, a device and a named pipe, with and without a reader', () => {
    const dir = temporaryDir();
    mkdirSync(join(dir, 'folder'));
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    expect(() => writeFile(join(dir, 'folder'), '')).toThrow('it is a folder, not a file');
    expect(() => writeFile('/dev/null', '')).toThrow('it is a device, not a file');
    expect(() => writeFile(join(dir, 'pipe'), '')).toThrow('it is a named pipe, not a file');
    const reader = openSync(join(dir, 'pipe'), constants.O_RDONLY | constants.O_NONBLOCK);
    onTestFinished(() => closeSync(reader));
    expect(() => writeFile(join(dir, 'pipe'), '')).toThrow('it is a named pipe, not a file');
  });

  it('a named pipe in the place of the note that a group was fired', async () => {
    const folder = join(temporaryDir(), 'notes');
    const groups = firedGroups({ kind: async () => 'systemd', folders: { systemd: folder }, pid: 1 });
    await groups.open();
    execFileSync('mkfifo', [join(folder, 'daily.fired')]);
    expect(() => groups.note('daily', Date.now())).toThrow('it is a named pipe, not a file');
    groups.note('hourly', 60_000);
    expect(readFileSync(join(folder, 'hourly.fired'), 'utf8')).toBe('60\n');
  });
});
