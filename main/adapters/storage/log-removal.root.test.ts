import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { expect, it, onTestFinished } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { openLogRemoval } from './log-removal.ts';

it('a month on a read-only disk is reported, and the other months are cleaned up', ({ skip }) => {
  if (process.getuid?.() !== 0) return skip('needs root, to mount a read-only disk');
  const logsDir = temporaryDir();
  const path = (month: string) => join(logsDir, month, 'a.log');
  for (const month of ['2020-01', '2020-02']) mkdirSync(join(logsDir, month));
  try {
    execFileSync('mount', ['-t', 'tmpfs', 'tmpfs', join(logsDir, '2020-01')], { stdio: 'ignore' });
  } catch {
    return skip('mounting a small disk is not allowed here');
  }
  onTestFinished(() => void execFileSync('umount', ['-l', join(logsDir, '2020-01')]));
  for (const month of ['2020-01', '2020-02']) {
    writeFileSync(path(month), 'log');
    utimesSync(path(month), 1000, 1000);
  }
  execFileSync('mount', ['-o', 'remount,ro', join(logsDir, '2020-01')]);
  const removal = openLogRemoval(logsDir);
  const { logs } = removal.writtenBefore(2_000_000);
  const failures = removal.remove(logs.map((log) => log.path));
  expect(failures[0]).toMatchObject({ path: path('2020-01'), message: expect.stringContaining('EROFS') as unknown });
  expect([existsSync(path('2020-01')), existsSync(path('2020-02'))]).toEqual([true, false]);
});
