import { chmodSync, existsSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import log from 'electron-log/node.js';
import { expect, it } from 'vitest';
import { temporaryDir } from '../../testing/temporary-dir.ts';
import { closeLogToOthers, writeLogTo } from './private-log.ts';

const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('app.log and the rotated app.old.log are for their owner only, also those of earlier versions', () => {
  const dir = temporaryDir();
  const [current, rotated] = [join(dir, 'app.log'), join(dir, 'app.old.log')];
  for (const path of [current, rotated]) {
    writeFileSync(path, 'earlier\n');
    chmodSync(path, 0o644);
  }
  const logger = log.create({ logId: 'private-log-test' });
  logger.transports.console.level = false;
  writeLogTo(logger, () => current);
  logger.info('hello');
  expect([current, rotated].map(modeOf)).toEqual([0o600, 0o600]);
  logger.info('x'.repeat(1024 ** 2));
  logger.info('after the rotation');
  expect(statSync(current).size).toBeLessThan(1000);
  expect([current, rotated].map(modeOf)).toEqual([0o600, 0o600]);
});

it('a link in the place of a log is not followed, and a missing log not created', () => {
  const dir = temporaryDir();
  const victim = join(dir, 'victim');
  writeFileSync(victim, '');
  chmodSync(victim, 0o644);
  symlinkSync(victim, join(dir, 'app.log'));
  expect(() => closeLogToOthers(join(dir, 'app.log'))).toThrow(expect.objectContaining({ code: 'ELOOP' }));
  expect(modeOf(victim)).toBe(0o644);
  closeLogToOthers(join(dir, 'missing.log'));
  expect(existsSync(join(dir, 'missing.log'))).toBe(false);
});
