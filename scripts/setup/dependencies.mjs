// Keeps node_modules in line with package-lock.json.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { run } from './command.mjs';
import { takeLock } from './lock.mjs';
import { inProject, sha256 } from './project.mjs';

const stamp = inProject('node_modules/.cache/ncp-scheduler/installed-lock');
const lockFile = inProject('package-lock.json');

/**
 * Returns true if node_modules contains what package-lock.json lists, no matter how it was installed. Skips the
 * comparison if an earlier check left a stamp.
 */
const dependenciesAreFresh = () => {
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === sha256(lockFile)) return true;
  // npm writes this lock file, which lists what is actually installed.
  const hidden = inProject('node_modules/.package-lock.json');
  if (!existsSync(hidden)) return false;
  const wanted = packagesOf(lockFile);
  const there = packagesOf(hidden);
  return Object.entries(wanted).every(([path, entry]) => {
    if (path === '' || entry.optional) return true; // an optional package may be for another system
    return there[path]?.version === entry.version;
  });
};

/**
 * @param {string} file
 * @returns {Record<string, { version?: string, optional?: boolean }>}
 */
const packagesOf = (file) => JSON.parse(readFileSync(file, 'utf8')).packages ?? {};

/** Runs `npm ci` if node_modules is missing or does not match package-lock.json. */
export const ensureDependencies = () => {
  if (!dependenciesAreFresh()) install();
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, sha256(lockFile));
};

const install = () => {
  const release = takeLock();
  try {
    // Another process may have installed while this one waited.
    if (dependenciesAreFresh()) return;
    console.error('Installing dependencies (npm ci)…');
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { cwd: inProject() });
  } finally {
    release();
  }
};
