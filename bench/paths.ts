import { resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

export const nodeModules = resolve(root, 'node_modules');
/** The packaged app, as it ships. */
export const packagedExecutable = resolve(root, 'dist/linux-unpacked/ncp-scheduler');
/** The packaged app with the fuse that lets Playwright attach. */
export const inspectableExecutable = resolve(root, 'dist/e2e/linux-unpacked/ncp-scheduler');
export const headlessEntry = resolve(root, 'out/headless/headless.js');
/** A copy of the same runtime that contains only `raw/electron`. */
export const bareElectron = resolve(root, 'dist/bench/bare-electron/electron');
export const everythingServer = resolve(root, 'node_modules/@modelcontextprotocol/server-everything/dist/index.js');
export const resultsFile = resolve(root, 'test-results/bench/RESULTS.md');

export const rawScript = (name: string): string => resolve(root, 'bench/raw', `${name}.mjs`);

/** Make Electron run without a display. They must precede the arguments of the app. */
export const headlessSwitches = ['--ozone-platform=headless', '--disable-gpu'] as const;
