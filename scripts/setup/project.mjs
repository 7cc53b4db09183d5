// Returns paths in this checkout and versions pinned in package.json. Uses only Node's own modules, because it runs
// before anything is installed.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the checkout. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/**
 * Returns an absolute path inside the checkout.
 * @param {...string} parts
 */
export const inProject = (...parts) => join(root, ...parts);

/**
 * Returns a path in the folder of the build: `out`, or the folder in which the running build collects its results.
 * @param {...string} parts
 */
export const inBuild = (...parts) => inProject(process.env['NCP_SCHEDULER_BUILD'] ?? 'out', ...parts);

/**
 * Returns package.json.
 * @returns {{ name: string, version: string, description: string, license: string, author: string, productName: string, engines: { node: string }, homepage?: string, dependencies: Record<string, string>, devDependencies: Record<string, string> }}
 */
export const readPackage = () => JSON.parse(readFileSync(inProject('package.json'), 'utf8'));

/** Returns the Electron version that package.json pins, such as `45.4.1`. */
export const pinnedElectron = () => {
  const version = readPackage().devDependencies['electron'];
  if (version === undefined) throw new Error('package.json does not list electron in its devDependencies.');
  return version;
};

/**
 * Returns the SHA-256 of a file, in hex. Reads the whole file: none here is larger than 200 MB.
 * @param {string} file
 */
export const sha256 = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');
