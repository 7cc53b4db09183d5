import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { takeLock } from './lock.mjs';

let folder = '';
let file = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ncp-lock-'));
  file = join(folder, 'build.lock');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the second build waits for the first one, and says for which process', () => {
  const releaseFirst = takeLock({ file });
  const waitedFor: number[] = [];
  let pauses = 0;
  const releaseSecond = takeLock({
    file,
    onWait: (pid) => waitedFor.push(pid),
    pause: () => {
      pauses += 1;
      if (pauses === 3) releaseFirst();
    },
  });
  expect(waitedFor).toEqual([process.pid]);
  expect(pauses).toBe(3);
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  releaseSecond();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process that was killed is taken over', () => {
  const { pid } = spawnSync(process.execPath, ['--version']);
  writeFileSync(file, String(pid));
  const release = takeLock({ file, onWait: () => expect.unreachable() });
  expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
  release();
  expect(existsSync(file)).toBe(false);
});

test('a build that never ends is an error that names the process and the file', () => {
  takeLock({ file });
  const late = () => takeLock({ file, limitMs: -1, onWait: () => undefined });
  expect(late).toThrow(`Process ${process.pid} has been building here for too long. End it, or delete ${file}.`);
  expect(readdirSync(folder)).toEqual(['build.lock']);
});
