import { existsSync, mkdirSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { openLogRemoval } from './log-removal.ts';

function fixture() {
  const dir = temporaryDir();
  const logsDir = join(dir, 'logs');
  const write = (path: string) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'log');
    return path;
  };
  return { dir, logsDir, write, removal: openLogRemoval(logsDir) };
}

describe('deleting logs', () => {
  it('deletes them and the months that become empty', () => {
    const { logsDir, write, removal } = fixture();
    const october = write(join(logsDir, '2026-10', 'a.log'));
    const november = write(join(logsDir, '2026-11', 'b.log'));
    const kept = write(join(logsDir, '2026-11', 'c.log'));
    expect(removal.remove([october, november, join(logsDir, '2026-11', 'gone.log')])).toEqual([]);
    expect([october, november, kept, dirname(october)].map((path) => existsSync(path))).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it.each([
    ['the result file that a killed follow-up', '.after.json'],
    ["the file of MCP servers that a killed agent's run", '.servers.json'],
  ])('deletes %s left beside its log', (_, ending) => {
    const { logsDir, write, removal } = fixture();
    const log = write(join(logsDir, '2026-11', 'a.log'));
    const left = write(`${log}${ending}`);
    expect(removal.remove([log])).toEqual([]);
    expect([log, left, logsDir].map((path) => existsSync(path))).toEqual([false, false, true]);
    expect(existsSync(join(logsDir, '2026-11'))).toBe(false);
  });

  it('never touches anything outside the log folder', () => {
    const { dir, logsDir, write, removal } = fixture();
    const outside = write(join(dir, 'precious.log'));
    const sneaky = join(logsDir, '..', 'precious.log');
    expect(removal.remove([outside, sneaky, logsDir])).toHaveLength(3);
    expect(existsSync(outside)).toBe(true);
  });

  it('returns what could not be deleted', () => {
    const { logsDir, write, removal } = fixture();
    const folder = join(logsDir, '2026-11', 'odd.log');
    write(join(folder, 'x'));
    expect(removal.remove([folder])).toMatchObject([{ path: folder }]);
  });

  it('deletes the files of a result with its log, also where the log is gone', () => {
    const { logsDir, write, removal } = fixture();
    const log = write(join(logsDir, '2026-11', 'a.log'));
    const picture = write(join(logsDir, '2026-11', 'a.files', '1.png'));
    const left = write(join(logsDir, '2026-11', 'gone.files', '1.bin'));
    expect(removal.remove([log, join(logsDir, '2026-11', 'gone.log')])).toEqual([]);
    expect([log, picture, left, dirname(log)].map((path) => existsSync(path))).toEqual([false, false, false, false]);
  });

  it('deletes a link among the files of a result, and not what it leads to', () => {
    const { dir, logsDir, write, removal } = fixture();
    const precious = write(join(dir, 'precious', 'file'));
    const log = write(join(logsDir, '2026-11', 'a.log'));
    write(join(logsDir, '2026-11', 'a.files', '1.png'));
    symlinkSync(precious, join(logsDir, '2026-11', 'a.files', '2.png'));
    const other = write(join(logsDir, '2026-11', 'b.log'));
    symlinkSync(dirname(precious), join(logsDir, '2026-11', 'b.files'));
    expect(removal.remove([log, other])).toEqual([]);
    expect([precious, log, other].map((path) => existsSync(path))).toEqual([true, false, false]);
  });

  it('finds old files of results whose log is gone', () => {
    const { logsDir, write, removal } = fixture();
    const month = join(logsDir, '2026-01');
    for (const name of ['a', 'b']) write(join(month, `${name}.files`, '1.png'));
    write(join(month, 'b.log'));
    for (const name of ['a', 'b']) utimesSync(join(month, `${name}.files`), 1000, 1000);
    const found = [{ path: join(month, 'a.log'), executionId: 'a' }];
    expect(removal.writtenBefore(2_000_000)).toEqual({ logs: found, failures: [] });
  });

  it('finds old logs by their age', () => {
    const { logsDir, write, removal } = fixture();
    expect(removal.writtenBefore(Date.now())).toEqual({ logs: [], failures: [] });
    const old = write(join(logsDir, '2026-01', 'a.log'));
    write(join(logsDir, '2026-01', 'young.log'));
    write(join(logsDir, 'other', 'b.log'));
    utimesSync(old, 1000, 1000);
    expect(removal.writtenBefore(2_000_000)).toEqual({ logs: [{ path: old, executionId: 'a' }], failures: [] });
  });

  it('finds and deletes nothing through a link, in place of a month or of a log, and reports it', () => {
    const { dir, logsDir, write, removal } = fixture();
    const important = write(join(dir, 'elsewhere', 'important.log'));
    utimesSync(important, 1000, 1000);
    const kept = write(join(logsDir, '2020-02', 'kept.log'));
    symlinkSync(dirname(important), join(logsDir, '2020-01'));
    symlinkSync(important, join(logsDir, '2020-02', 'link.log'));
    expect(removal.writtenBefore(Date.now() + 10_000).logs).toEqual([{ path: kept, executionId: 'kept' }]);
    const linked = [join(logsDir, '2020-01', 'important.log'), join(logsDir, '2020-02', 'link.log')];
    expect(removal.remove(linked)).toMatchObject([
      { path: linked[0], message: expect.stringContaining('is a link or a file') as unknown },
      { path: linked[1], message: 'it is not a regular file' },
    ]);
    expect([important, ...linked].map((path) => existsSync(path))).toEqual([true, true, true]);
    expect(removal.remove([kept])).toEqual([]);
    expect(existsSync(kept)).toBe(false);
  });

  it('continues after a file in place of the log folder or of a month', () => {
    const { logsDir, write, removal } = fixture();
    write(join(logsDir, '2020-01'));
    const old = write(join(logsDir, '2020-02', 'a.log'));
    expect(removal.remove([join(logsDir, '2020-01', 'x.log'), old])).toMatchObject([
      { message: expect.stringContaining('is a link or a file') as unknown },
    ]);
    expect(existsSync(old)).toBe(false);
    rmSync(logsDir, { recursive: true });
    write(logsDir);
    expect(removal.writtenBefore(Date.now())).toMatchObject({ logs: [], failures: [{ path: logsDir }] });
    expect(removal.remove([old])).toEqual([]);
  });
});
