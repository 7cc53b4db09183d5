import { resolve } from 'node:path';
import { defineConfig } from '@playwright/test';

const root = resolve(import.meta.dirname, '..');

/**
 * Level 5 and 6: the packaged app on real Electron. Run by `npm run e2e`, which gives it an ordinary user, a display,
 * `systemd --user` and a cron daemon; see README.md beside this file.
 */
export default defineConfig({
  testDir: import.meta.dirname,
  testMatch: '**/*.e2e.ts',
  outputDir: process.env['NCP_E2E_RESULTS'] ?? resolve(root, 'test-results/e2e'),
  // Screenshots of every step are artefacts also of a run that passed.
  preserveOutput: 'always',
  globalSetup: resolve(import.meta.dirname, 'fixtures/global-setup.ts'),
  // Journeys wait for the next minute of a real clock: side by side they wait for the same one. Data directories,
  // buses and OS entries are separate.
  fullyParallel: true,
  workers: 4,
  timeout: 180_000,
  expect: { timeout: 15_000 },
  forbidOnly: process.env['CI'] !== undefined,
  retries: 0,
  reporter: [['list']],
});
