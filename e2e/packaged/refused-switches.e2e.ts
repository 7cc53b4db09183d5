import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from '@playwright/test';
import { executablePath } from '../fixtures/packaged-app.ts';

/** The unpacked release app. It exists only after `npm run dist:dir`. */
const released = resolve(import.meta.dirname, '../../dist/linux-unpacked/ncp-scheduler');

/** Starts the app until it answers on its socket, and returns what it printed. */
async function printedBy(executable: string, ...args: string[]): Promise<string> {
  const dataDir = mkdtempSync(join(tmpdir(), 'ncp-switches-'));
  const app = spawn(executable, [...args, '--hidden', '--data-dir', dataDir], { stdio: ['ignore', 'pipe', 'pipe'] });
  let printed = '';
  for (const stream of [app.stdout, app.stderr]) stream.on('data', (chunk: Buffer) => (printed += chunk.toString()));
  try {
    await expect.poll(() => existsSync(join(dataDir, 'control.sock')), { timeout: 60_000 }).toBe(true);
    return printed;
  } finally {
    const ended = new Promise((done) => app.once('exit', done));
    // Killed, it would leave processes of Chromium that still write into the folder.
    app.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  }
}

test('the release opens no port for developer tools, and says so', async () => {
  test.skip(!existsSync(released), 'npm run dist:dir was not run');
  const printed = await printedBy(released, '--remote-debugging-port=0', '--inspect=0', '--remote-allow-origins=*');
  expect(printed).toContain('warning: Ignored --remote-debugging-port, --remote-allow-origins');
  expect(printed).not.toMatch(/DevTools listening|Debugger listening/);
});

test('the end-to-end build opens one only with the inspector, and says that it is a build for tests', async () => {
  expect(await printedBy(executablePath, '--remote-debugging-port=0')).not.toContain('DevTools listening');
  const inspected = await printedBy(executablePath, '--inspect=0', '--remote-debugging-port=0');
  expect(inspected).toContain('This is a build for tests, not a release');
  expect(inspected).toContain('DevTools listening');
});
