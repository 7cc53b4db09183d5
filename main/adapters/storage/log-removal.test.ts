import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
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

  it('finds old logs by their age', () => {
    const { logsDir, write, removal } = fixture();
    expect(removal.writtenBefore(Date.now())).toEqual([]);
    const old = write(join(logsDir, '2026-01', 'a.log'));
    write(join(logsDir, '2026-01', 'young.log'));
    write(join(logsDir, 'other', 'b.log'));
    utimesSync(old, 1000, 1000);
    expect(removal.writtenBefore(2_000_000)).toEqual([{ path: old, executionId: 'a' }]);
  });
});
