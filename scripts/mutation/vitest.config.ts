import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = resolve(import.meta.dirname, '../..');
const include = JSON.parse(process.env['MUTATED_TESTS'] ?? '["main/**/*.test.ts"]') as string[];

/** The fast tests of the files that Stryker changes. The seed is fixed: a change must be caught again or not at all. */
export default defineConfig({
  root,
  resolve: { alias: { electron: resolve(root, 'main/testing/electron-stub.ts') } },
  test: {
    include,
    exclude: ['**/node_modules/**', '**/*.{process,os,root}.test.ts'],
    env: { TZ: 'UTC', TEST_SEED: '1', TEST_BRIEF: '1' },
    testTimeout: 15_000,
    isolate: false,
    setupFiles: ['main/testing/property-seed.ts', 'main/testing/leave-nothing.ts'],
  },
});
