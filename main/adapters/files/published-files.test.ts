import {
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { publishedFiles } from './published-files.ts';

let dir: string;
beforeEach(() => {
  dir = temporaryDir();
});
const mark = '# Ours.';
const write = (path: string, content = `${mark}\n1\n`, readers: 'owner' | 'everyone' = 'owner') =>
  publishedFiles.write({ path, content, mark, readers });

describe('a file for other programs', () => {
  it('is replaced as a whole: a reader that opened the old file still reads it', () => {
    const path = join(dir, 'ncp.prom');
    write(path);
    linkSync(path, join(dir, 'old'));
    write(path, `${mark}\n2\n`);
    expect(readFileSync(path, 'utf8')).toBe(`${mark}\n2\n`);
    expect(readFileSync(join(dir, 'old'), 'utf8')).toBe(`${mark}\n1\n`);
    expect(readdirSync(dir).sort()).toEqual(['ncp.prom', 'old']);
  });

  it.skipIf(process.platform === 'win32')('is readable for its owner only, or for every user', () => {
    write(join(dir, 'private'));
    write(join(dir, 'shared'), mark, 'everyone');
    expect(statSync(join(dir, 'private')).mode & 0o777).toBe(0o600);
    expect(statSync(join(dir, 'shared')).mode & 0o777).toBe(0o644);
  });

  it('never replaces what this app did not write', () => {
    const path = join(dir, 'thesis.txt');
    writeFileSync(path, 'Chapter 1');
    expect(() => write(path)).toThrow('did not write. Choose another path');
    expect(readFileSync(path, 'utf8')).toBe('Chapter 1');
    writeFileSync(join(dir, 'empty'), '');
    write(join(dir, 'empty'));
    symlinkSync(path, join(dir, 'link'));
    expect(() => write(join(dir, 'link'))).toThrow('it is a link');
    mkdirSync(join(dir, 'folder'));
    expect(() => write(join(dir, 'folder'))).toThrow('it is not a file');
  });

  it('names the path and the reason if it cannot be written, and leaves nothing behind', () => {
    const path = join(dir, 'no-such-folder', 'ncp.prom');
    expect(() => write(path)).toThrow(`Cannot write ${path}: ENOENT`);
    expect(() => write('ncp.prom')).toThrow('it must be an absolute path');
    expect(existsSync('ncp.prom')).toBe(false);
  });
});
