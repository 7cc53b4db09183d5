import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

const root = import.meta.dirname;
const electronStub = resolve(root, 'main/testing/electron-stub.ts');

/** Levels of tests: see CONTRIBUTING.md. The file's suffix says which level it belongs to. */
const level = (name: string, include: string[], testTimeout: number, fileParallelism = true) => ({
  resolve: { alias: { electron: electronStub } },
  test: {
    name,
    include,
    environment: 'node' as const,
    env: { TZ: 'UTC' },
    testTimeout,
    hookTimeout: 60_000,
    fileParallelism,
    exclude: ['**/node_modules/**', 'out/**', 'dist/**'],
  },
});

const only = (suffix: string) => [`{main,preload,renderer,scripts,e2e,bench}/**/*.${suffix}.ts`];

export default defineConfig({
  test: {
    projects: [
      {
        ...level('unit', ['{main,preload,renderer,scripts,bench}/**/*.test.{ts,tsx}'], 10_000),
        test: {
          ...level('unit', ['{main,preload,renderer,scripts,bench}/**/*.test.{ts,tsx}'], 10_000).test,
          exclude: ['**/node_modules/**', '**/*.{property,process,os}.test.ts'],
        },
      },
      level('property', only('property.test'), 300_000),
      level('process', only('process.test'), 120_000),
      level('os', only('os.test'), 300_000, false),
    ],
  },
});
