import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');
const folders = (process.env['MUTATED_FOLDERS'] ?? 'main').split(',');

/** The fast tests beside the files that Stryker changes. The seed is fixed: a change must be caught again or not at all. */
export default defineConfig({
  root,
  resolve: { alias: { electron: resolve(root, 'main/testing/electron-stub.ts') } },
  test: {
    include: folders.map((folder) => `${folder}/**/*.test.ts`),
    exclude: ['**/node_modules/**', '**/*.{process,os,root}.test.ts'],
    env: { TZ: 'UTC', TEST_SEED: '1', TEST_BRIEF: '1' },
    testTimeout: 120_000,
    isolate: false,
    setupFiles: ['main/testing/property-seed.ts', 'main/testing/leave-nothing.ts'],
  },
});
