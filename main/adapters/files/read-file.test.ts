import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { readFile } from './read-file.ts';

describe('a file that a person named', () => {
  it('is read whole, through links too', () => {
    const dir = temporaryDir();
    for (const content of ['', 'a', 'x'.repeat(3_000_000)]) {
      writeFileSync(join(dir, 'file'), content);
      expect(readFile(join(dir, 'file')).toString()).toBe(content);
    }
    symlinkSync(join(dir, 'file'), join(dir, 'link'));
    expect(readFile(join(dir, 'link'))).toHaveLength(3_000_000);
  });

  it('is refused with its limit if it is larger', () => {
    const path = join(temporaryDir(), 'file');
    writeFileSync(path, Buffer.alloc(2 * 1024 * 1024 + 1));
    expect(() => readFile(path, 2 * 1024 * 1024)).toThrow('it is larger than 2 MiB');
    expect(() => readFile(join(path, 'in-a-file'))).toThrow('ENOTDIR');
    expect(() => readFile(`${path}-missing`)).toThrow('ENOENT');
  });
});

const onWindows = process.platform === 'win32' ? ' (Windows has no such files)' : '';
describe.skipIf(onWindows)(`what is no file is refused and never opened${onWindows}`, () => {
  it('a folder, a named pipe, a device and a socket', async () => {
    const dir = temporaryDir();
    mkdirSync(join(dir, 'folder'));
    execFileSync('mkfifo', [join(dir, 'pipe')]);
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(join(dir, 'socket'), resolve));
    onTestFinished(() => void server.close());
    expect(() => readFile(join(dir, 'folder'))).toThrow('it is a folder, not a file');
    expect(() => readFile(join(dir, 'pipe'))).toThrow('it is a named pipe, not a file');
    expect(() => readFile(join(dir, 'socket'))).toThrow('it is a socket, not a file');
    for (const device of ['/dev/zero', '/dev/null']) {
      expect(() => readFile(device)).toThrow('it is a device, not a file');
    }
  });

  const noProc = process.platform === 'linux' ? '' : ' (this system has no /proc)';
  it.skipIf(noProc)(`but files of /proc, which have no size, are read${noProc}`, () => {
    expect(readFile('/proc/self/status').toString()).toContain('Pid:');
  });
});
