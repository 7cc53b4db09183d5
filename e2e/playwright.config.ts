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
  // Tests that wait for the next minute can wait in parallel, because each has its own data directory, bus and OS
  // entries. Time limits are generous because other test levels run at the same time.
  fullyParallel: true,
  workers: 4,
  timeout: 300_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list']],
});
