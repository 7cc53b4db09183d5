import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = resolve(import.meta.dirname, '..');

/**
 * Test levels 5 and 6: the packaged app on real Electron. `npm run e2e` provides an ordinary user, a display,
 * `systemd --user` and a cron daemon; see README.md in this folder.
 */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.e2e.ts',
  outputDir: process.env['NCP_E2E_RESULTS'] ?? resolve(root, 'test-results/e2e'),
  // Screenshots of every step are kept even if the run passes.
  preserveOutput: 'always',
  globalSetup: resolve(import.meta.dirname, 'fixtures/global-setup.ts'),
  // Tests wait for the next minute of a real clock, so in parallel they wait for the same minute. Data directories,
  // buses and OS entries are separate.
  fullyParallel: true,
  workers: 4,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list']],
});
