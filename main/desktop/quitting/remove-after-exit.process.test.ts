import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { removeAfterExit } from './remove-after-exit.ts';

const parent = mkdtempSync(join(tmpdir(), 'ncp-remove-'));
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const onWindows = process.platform === 'win32' ? ' (skipped: on Windows, PowerShell removes it)' : '';

it.skipIf(onWindows)(`removes what a process wrote until it ended, and nothing before${onWindows}`, async () => {
  const data = join(parent, 'data');
  const folder = join(data, "a folder's “name” $HOME");
  mkdirSync(folder, { recursive: true });
  // Ends when its standard input does, and writes one more file then.
  const script = `process.stdin.resume().on('end', () => require('fs').writeFileSync(process.argv[1], 'late'))`;
  const writer = spawn(process.execPath, ['-e', script, join(folder, 'late')], {
    stdio: ['pipe', 'ignore', 'inherit'],
  });
  await once(writer, 'spawn');
  removeAfterExit(folder, { pid: writer.pid ?? 0, thenIfEmpty: [data, parent] });
  writeFileSync(join(folder, 'early'), '');
  writeFileSync(join(parent, 'of somebody else'), '');
  expect(existsSync(folder)).toBe(true);
  writer.stdin.end();
  await expect.poll(() => existsSync(data)).toBe(false);
  expect(readdirSync(parent)).toEqual(['of somebody else']);
});
