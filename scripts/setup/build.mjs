// Builds out/, and moves it into place when it is complete: main, preload, renderer and worker with electron-vite, and the command line for plain Node.
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { recordCode } from './code-cache.mjs';
import { run } from './command.mjs';
import { licencesFile, writeLicences } from './licences.mjs';
import { takeLock } from './lock.mjs';
import { inBuild, inProject } from './project.mjs';

const sources = [
  'CHANGELOG.md',
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
  'main/index.js',
  'main/worker.js',
  'headless/headless.js',
  'headless/worker.js',
  'preload/index.cjs',
  'renderer/index.html',
  licencesFile,
];
/** Files that do not affect the build. */
const ignored = /\.test\.tsx?$|\.md$|\/(golden|fixtures|testing)$/;

/** Returns true if every result of the build is newer than every source. Takes about 10 ms. */
export const buildIsFresh = () => {
  let oldest = Infinity;
  for (const result of results) {
    const stat = statSync(inProject('out', result), { throwIfNoEntry: false });
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
  const release = takeLock();
  try {
    // Another process may have built while this one waited.
    if (!buildIsFresh()) buildWithLock();
  } finally {
    release();
  }
};

/** Builds even if out/ is up to date. */
export const build = () => {
  const release = takeLock();
  try {
    buildWithLock();
  } finally {
    release();
  }
};

/**
 * Builds everything and caches the compiled command line, so that Node does not compile it at each start. A build that
 * fails leaves out/ as it was.
 */
const buildWithLock = () => {
  console.error('Building (electron-vite build, vite build)…');
  // Both bundlers and the steps after them find the folder here.
  process.env['NCP_SCHEDULER_BUILD'] = '.cache/build';
  try {
    rmSync(inBuild(), { recursive: true, force: true });
    mkdirSync(inBuild(), { recursive: true });
    const quiet = ['--logLevel', 'error'];
    const electron = [commandOf('electron-vite', 'bin/electron-vite.js'), 'build', ...quiet];
    run(process.execPath, electron, { cwd: inProject() });
    writeLicences(['main', 'preload', 'renderer']);
    const headless = [commandOf('vite', 'bin/vite.js'), 'build', '--config', 'headless.vite.config.ts', ...quiet];
    run(process.execPath, headless, { cwd: inProject() });
    recordCode();
    moveIntoPlace(inBuild(), inProject('out'), inProject('.cache/replaced'));
  } finally {
    delete process.env['NCP_SCHEDULER_BUILD'];
  }
};

/**
 * Replaces the folder `to` by `from`: a program that starts meanwhile finds the old files or the new ones.
 * @param {string} from
 * @param {string} to
 * @param {string} replaced Where the old folder is until it is deleted.
 */
const moveIntoPlace = (from, to, replaced) => {
  rmSync(replaced, { recursive: true, force: true });
  if (existsSync(to)) renameSync(to, replaced);
  renameSync(from, to);
  rmSync(replaced, { recursive: true, force: true });
};

/**
 * Returns the path of a package's command. Neither package exports it, so the path is relative to its package.json.
 * @param {string} name
 * @param {string} file
 */
const commandOf = (name, file) => join(dirname(createRequire(import.meta.url).resolve(`${name}/package.json`)), file);
