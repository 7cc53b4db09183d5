import { resolve } from 'node:path';
import { defineConfig } from 'vitest/config';
import { electronPool } from './electron-pool.ts';

const here = import.meta.dirname;
const executable = process.env['NCP_ELECTRON_FOR_TESTS'];
if (executable === undefined)
  throw new Error('NCP_ELECTRON_FOR_TESTS must be the path of an Electron that contains in-electron/app');

/** Tests that need real Electron; run by `e2e/app/process-host.e2e.ts`. */
export default defineConfig({
  root: resolve(here, '../..'),
  resolve: { alias: { electron: resolve(here, 'electron-module.ts') } },
  test: {
    include: ['e2e/in-electron/*.in-electron.ts'],
    pool: electronPool(executable),
    env: { TZ: 'UTC' },
    testTimeout: 150_000,
    expect: { poll: { timeout: 30_000 } },
    fileParallelism: false,
  },
});
