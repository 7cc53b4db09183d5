import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Vitest gets this file where a test would reach the real `electron`; it says what is wrong. */
const electronStub = resolve(import.meta.dirname, 'main/testing/electron-stub.ts');

/** `npm run test:deep` tries many times as much. */
const patience = process.env['TEST_DEEP'] === '1' ? 30 : 1;

const folders = '{main,preload,renderer,scripts,bench}/**';

/** Levels of tests: see CONTRIBUTING.md. A file's suffix says which level it belongs to. */
const level = (
  name: string,
  files: string,
  timeoutMs: number,
  more: { exclude?: string[]; fileParallelism?: boolean } = {},
) => ({
  resolve: { alias: { electron: electronStub } },
  test: {
    name,
    include: [`${folders}/${files}`],
    exclude: ['**/node_modules/**', ...(more.exclude ?? [])],
    environment: 'node' as const,
    env: { TZ: 'UTC' },
    testTimeout: timeoutMs * patience,
    hookTimeout: 60_000,
    setupFiles: ['main/testing/property-seed.ts'],
    fileParallelism: more.fileParallelism ?? true,
  },
});

export default defineConfig({
  test: {
    projects: [
      level('unit', '*.test.{ts,tsx}', 10_000, { exclude: ['**/*.{property,process,os,root}.test.ts'] }),
      level('property', '*.property.test.ts', 300_000),
      level('process', '*.process.test.ts', 120_000),
      // One file at a time: they share one crontab and one systemd user manager.
      level('os', '*.os.test.ts', 300_000, { fileParallelism: false }),
      level('root', '*.root.test.ts', 60_000),
    ],
  },
});
