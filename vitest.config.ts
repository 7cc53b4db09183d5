import { availableParallelism } from 'node:os';
import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';

/** Replaces `electron` in tests, which run in plain Node. Importing it fails with an explanation. */
const electronStub = resolve(import.meta.dirname, 'main/testing/electron-stub.ts');

/** Multiplies the test timeouts; `npm run test:deep` runs many more cases. */
const timeoutFactor = process.env['TEST_DEEP'] === '1' ? 30 : 1;

const folders = '{main,preload,renderer,scripts,bench}/**';

/** How many test files run in parallel if the tests are CPU-bound. Vitest's default leaves one core idle. */
const busy = availableParallelism();

/** How many test files run in parallel if the tests mostly wait for processes and timers. */
const waiting = Math.max(4, availableParallelism());

interface LevelOptions {
  readonly timeoutMs: number;
  readonly workers: number;
  readonly exclude?: string[];
  /** Runs before the first file, and ends with a function for after the last one. */
  readonly globalSetup?: string;
  /**
   * False: the files of a worker share one process and its modules. Loading the modules again for each file took three
   * quarters of the time. Nothing in the product is a singleton, so a file cannot leave anything behind for the next
   * one. Default: true.
   */
  readonly isolate?: boolean;
}

/**
 * Returns the Vitest project for a test level (see CONTRIBUTING.md). The suffix of a file determines its level. Time
 * limits are generous, because other levels run at the same time and a busy machine must not fail a test.
 */
const level = (name: string, files: string, options: LevelOptions) => ({
  resolve: { alias: { electron: electronStub } },
  test: {
    name,
    include: [`${folders}/${files}`],
    exclude: ['**/node_modules/**', ...(options.exclude ?? [])],
    environment: 'node' as const,
    env: { TZ: 'UTC' },
    testTimeout: options.timeoutMs * timeoutFactor,
    hookTimeout: 300_000,
    expect: { poll: { timeout: 30_000 } },
    setupFiles: ['main/testing/property-seed.ts', 'main/testing/leave-nothing.ts'],
    maxWorkers: options.workers,
    isolate: options.isolate ?? true,
    ...(options.globalSetup === undefined ? {} : { globalSetup: options.globalSetup }),
  },
});

export default defineConfig({
  test: {
    projects: [
      level('unit', '*.test.{ts,tsx}', {
        timeoutMs: 180_000,
        workers: busy,
        isolate: false,
        exclude: ['**/*.{property,process,os,root,wine}.test.ts'],
      }),
      // Isolated: some replace the functions of the disk before the product takes them.
      level('property', '*.property.test.ts', { timeoutMs: 900_000, workers: busy }),
      // About half of their time is waiting for the processes that they start.
      level('process', '*.process.test.ts', { timeoutMs: 600_000, workers: busy + 2, isolate: false }),
      level('os', '*.os.test.ts', { timeoutMs: 1_200_000, workers: waiting }),
      level('wine', '*.wine.test.ts', {
        ...{ timeoutMs: 600_000, workers: 1, globalSetup: 'main/testing/wine/one-windows.ts' },
      }),
      level('root', '*.root.test.ts', { timeoutMs: 180_000, workers: busy }),
    ],
  },
});
