import { chmodSync, mkdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { dataPaths, defaultDataDir, prepareDataDir } from './data-dir.ts';

describe('the data directory', () => {
  it('is created for its owner only, with its parents', () => {
    const dir = join(temporaryDir(), 'a', 'b');
    prepareDataDir(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is closed to other users if it was open', () => {
    const dir = join(temporaryDir(), 'open');
    mkdirSync(dir);
    chmodSync(dir, 0o755);
    prepareDataDir(dir);
    expect(statSync(dir).mode & 0o777).toBe(0o700);
  });

  it('is refused with the reason if it cannot be used', () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'file'), '');
    symlinkSync(join(dir, 'nowhere', 'deep'), join(dir, 'link'));
    const refused = (reason: RegExp) =>
      expect.objectContaining({ code: 'store/data-dir', message: expect.stringMatching(reason) as unknown }) as Error;
    expect(() => prepareDataDir(join(dir, 'file'))).toThrow(refused(/it is a file/));
    expect(() => prepareDataDir(join(dir, 'link'))).toThrow(refused(/a link to a missing folder/));
  });

  it('is taken from the environment', () => {
    expect(defaultDataDir({ NCP_SCHEDULER_DIR: '/x/y' })).toBe('/x/y');
    expect(defaultDataDir({})).toMatch(/\.ncp[/\\]scheduler$/);
  });
});

describe('log paths', () => {
  const { logPathOf } = dataPaths('/data');

  it('are by month in UTC', () => {
    expect(logPathOf('e1', '2026-12-01T00:30:00.000+02:00')).toBe('/data/logs/2026-11/e1.log');
  });

  it('never lead out of the folder', () => {
    expect(logPathOf('../../etc/passwd', '2026-12-01T00:00:00Z')).toBe('/data/logs/2026-12/______etc_passwd.log');
  });
});
