import { chmodSync, existsSync, mkdirSync, readdirSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { dataPaths, defaultDataDir, findDataDir, prepareDataDir } from './data-dir.ts';

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

  it('is used if it is empty or holds our files, and stays open to others only beside other files', () => {
    const modeOf = (names: readonly string[]): number => {
      const dir = folderWith(names);
      prepareDataDir(dir);
      return statSync(dir).mode & 0o777;
    };
    expect(modeOf([])).toBe(0o700);
    expect(modeOf(['lost+found', '.DS_Store'])).toBe(0o700);
    expect(
      modeOf(['config.json', 'logs', 'app.old.log', 'ledger.db-wal', 'ledger.mark', 'schedule.json.backup-1']),
    ).toBe(0o700);
    expect(modeOf(['schedule.json', 'notes.txt', '.git'])).toBe(0o755);
    expect(modeOf(['jobs.json', 'executions', 'crontab.txt'])).toBe(0o755);
  });

  it('that belongs to other programs or to all users is refused unchanged, with a subfolder to use instead', () => {
    const shared = folderWith([], 0o1777);
    const ours = folderWith(['schedule.json', 'notes.txt'], 0o777);
    for (const dir of [folderWith(['index.html']), folderWith(['config.json', 'index.js']), shared, ours]) {
      const before = [statSync(dir).mode, readdirSync(dir)];
      const advice = expect.objectContaining({
        code: 'store/data-dir',
        message: expect.stringContaining(`--data-dir ${join(dir, 'ncp-scheduler')}.`) as unknown,
      }) as Error;
      expect(() => prepareDataDir(dir)).toThrow(advice);
      expect(() => findDataDir(dir)).toThrow(advice);
      expect([statSync(dir).mode, readdirSync(dir)]).toEqual(before);
    }
  });

  it('is neither created nor changed for a command that only reads', () => {
    const open = folderWith(['schedule.json']);
    const missing = join(temporaryDir(), 'a', 'b');
    expect(findDataDir(open)).toMatchObject({ exists: true, paths: { dir: open } });
    expect(findDataDir(missing)).toMatchObject({ exists: false, paths: { dir: missing } });
    expect(statSync(open).mode & 0o777).toBe(0o755);
    expect(existsSync(join(missing, '..'))).toBe(false);
  });

  it('is refused with the reason if it cannot be used', () => {
    const dir = temporaryDir();
    writeFileSync(join(dir, 'file'), '');
    symlinkSync(join(dir, 'nowhere', 'deep'), join(dir, 'link'));
    const refused = (reason: RegExp) =>
      expect.objectContaining({ code: 'store/data-dir', message: expect.stringMatching(reason) as unknown }) as Error;
    expect(() => prepareDataDir(join(dir, 'file'))).toThrow(refused(/it is a file/));
    expect(() => prepareDataDir(join(dir, 'link'))).toThrow(refused(/a link to a missing folder/));
    expect(() => findDataDir(join(dir, 'link'))).toThrow(refused(/a link to a missing folder/));
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

function folderWith(names: readonly string[], mode = 0o755): string {
  const dir = join(temporaryDir(), 'folder');
  mkdirSync(dir);
  for (const name of names) writeFileSync(join(dir, name), '');
  chmodSync(dir, mode);
  return dir;
}
