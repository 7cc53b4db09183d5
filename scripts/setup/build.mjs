// out/: what electron-vite makes of main, preload, renderer and worker.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { run } from './command.mjs';
import { inProject } from './project.mjs';

const sources = [
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
/** Written last by the build, so their age is the build's. */
const results = [
  'out/main/index.js',
  'out/main/headless.js',
  'out/main/worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
];
/** Change nothing in the build. */
const ignored = /\.test\.tsx?$|\.md$|\/(golden|fixtures|testing)$/;

/** True where every result of the build is newer than every source. About 10 ms for the whole tree. */
export const buildIsFresh = () => {
  let oldest = Infinity;
  for (const result of results) {
    const stat = statSync(inProject(result), { throwIfNoEntry: false });
    if (stat === undefined) return false;
    oldest = Math.min(oldest, stat.mtimeMs);
  }
  return sources.every((source) => !existsSync(inProject(source)) || newestChange(inProject(source)) <= oldest);
};

/**
 * The latest change below a path, in epoch milliseconds. A folder's own time counts too: it tells of deleted files.
 * @param {string} path
 * @returns {number}
 */
export const newestChange = (path) => {
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  let newest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    const child = join(path, entry.name);
    if (!ignored.test(child)) newest = Math.max(newest, newestChange(child));
  }
  return newest;
};

/** Builds where the sources are newer than out/. Its output goes to stderr. */
export const ensureBuild = () => {
  if (buildIsFresh()) return;
  console.error('Building (electron-vite build)…');
  // electron-vite does not export its command; its package.json says where it is.
  const packageFile = createRequire(import.meta.url).resolve('electron-vite/package.json');
  run(process.execPath, [join(dirname(packageFile), 'bin/electron-vite.js'), 'build', '--logLevel', 'warn'], {
    cwd: inProject(),
  });
};
