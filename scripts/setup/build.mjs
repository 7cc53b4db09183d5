// Builds out/: main, preload, renderer and worker with electron-vite, and the command line for plain Node.
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { recordCode } from './code-cache.mjs';
import { run } from './command.mjs';
import { licencesFile, writeLicences } from './licences.mjs';
import { inProject } from './project.mjs';

const sources = [
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'headless.vite.config.ts',
  'scripts/setup/chunks-on-use.mjs',
  'scripts/setup/compressed-data.mjs',
  'scripts/setup/licences.mjs',
  'scripts/setup/one-copy.mjs',
  'package.json',
  'package-lock.json',
  'tsconfig.base.json',
];
/** The build writes these files last, so their age is the age of the build. */
const results = [
  'out/main/index.js',
  'out/main/worker.js',
  'out/headless/headless.js',
  'out/headless/worker.js',
  'out/preload/index.cjs',
  'out/renderer/index.html',
  licencesFile,
];
/** Files that do not affect the build. */
const ignored = /\.test\.tsx?$|\.md$|\/(golden|fixtures|testing)$/;

/** Returns true if every result of the build is newer than every source. Takes about 10 ms. */
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
 * Returns the time of the latest change below a path, in ms since 1970. Includes the times of folders, because they
 * change when a file is deleted.
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

/** Builds if the sources are newer than out/. The output of the build goes to stderr. */
export const ensureBuild = () => {
  if (buildIsFresh()) return;
  console.error('Building (electron-vite build, vite build)…');
  build();
};

/** Builds everything and caches the compiled command line, so that Node does not compile it at each start. */
export const build = () => {
  const quiet = ['--logLevel', 'error'];
  run(process.execPath, [commandOf('electron-vite', 'bin/electron-vite.js'), 'build', ...quiet], { cwd: inProject() });
  writeLicences(['main', 'preload', 'renderer']);
  const headless = [commandOf('vite', 'bin/vite.js'), 'build', '--config', 'headless.vite.config.ts', ...quiet];
  run(process.execPath, headless, { cwd: inProject() });
  recordCode();
};

/**
 * Returns the path of a package's command. Neither package exports it, so the path is relative to its package.json.
 * @param {string} name
 * @param {string} file
 */
const commandOf = (name, file) => join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
