import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { createPackage } from '@electron/asar';
import { expect, test } from '@playwright/test';
import { runProgram } from '../fixtures/command-line.ts';
import { executablePath } from '../fixtures/packaged-app.ts';

const inElectron = resolve(import.meta.dirname, '../in-electron');

/** Copies the packaged app with its fuses, replaces the app by the vitest worker, and returns the executable's path. */
async function electronForTests(folder: string): Promise<string> {
  cpSync(dirname(executablePath), folder, { recursive: true });
  const asar = join(folder, 'resources/app.asar');
  rmSync(asar);
  await createPackage(join(inElectron, 'app'), asar);
  return join(folder, basename(executablePath));
}

test('what needs real Electron works in it: workers as utility processes, and updates', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ncp-in-electron-'));
  try {
    const env = { ...process.env, NCP_ELECTRON_FOR_TESTS: await electronForTests(folder) };
    const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
    const args = [vitest, 'run', '--config', join(inElectron, 'vitest.config.ts'), '--reporter=verbose'];
    const result = await runProgram(process.execPath, args, env, 280_000);
    console.log(result.stdout);
    expect(result.exitCode, result.stderr).toBe(0);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
