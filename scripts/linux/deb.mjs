// Makes the .deb with dpkg-deb. electron-installer-debian 4.0 was tried: it installs 59 packages for a control file of 12
// lines, and takes no man page, completions, AppStream data or AppArmor profile.
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { run } from '../setup/command.mjs';
import { inProject, readPackage } from '../setup/project.mjs';
import { debianZshFolder, layOut, sizeInKiB, zshFolder } from './tree.mjs';

/**
 * The packages of the libraries that the app links to or opens; a test in e2e/packaged compares the list with the app.
 * Debian 13 and Ubuntu 24.04 renamed some for 64-bit time. The new name stands first: with the old one alone, apt may
 * choose another package that provides libasound2.
 */
export const libraries = [
  // The SQLite binding needs symbols of glibc 2.29; every system that reads the package has 2.31.
  'libc6 (>= 2.31)',
  'libasound2t64 | libasound2',
  'libatk-bridge2.0-0t64 | libatk-bridge2.0-0',
  'libatk1.0-0t64 | libatk1.0-0',
  'libatspi2.0-0t64 | libatspi2.0-0',
  'libcairo2',
  'libcups2t64 | libcups2',
  'libdbus-1-3',
  'libdrm2',
  'libexpat1',
  'libgbm1',
  'libgcc-s1',
  'libglib2.0-0t64 | libglib2.0-0',
  'libgtk-3-0t64 | libgtk-3-0',
  'libnotify4',
  'libnspr4',
  'libnss3',
  'libpango-1.0-0',
  'libstdc++6',
  'libudev1',
  'libx11-6',
  'libxcb1',
  'libxcomposite1',
  'libxdamage1',
  'libxext6',
  'libxfixes3',
  'libxkbcommon0',
  'libxrandr2',
  // Opens links in the browser.
  'xdg-utils',
];
/** The keychain, for stored secrets; without it they are encrypted with the key of a file. */
const recommended = ['libsecret-1-0'];

/** Returns Debian's name of this processor. */
const debianArchitecture = () => (process.arch === 'x64' ? 'amd64' : process.arch);

/**
 * Makes the package and returns its path.
 * @param {string} app The unpacked app.
 * @param {string} output The folder for the package.
 * @param {{ compression?: readonly string[] }} [options] `compression`: dpkg-deb's arguments. Default: zstd, which
 *   Debian 12, Ubuntu 22.04 and newer read.
 */
export const makeDeb = (app, output, { compression = ['-Zzstd', '-z12'] } = {}) => {
  const root = join(output, '.deb');
  rmSync(root, { recursive: true, force: true });
  const prefix = join(root, 'usr');
  layOut(app, prefix, 'deb');
  mkdirSync(dirname(join(prefix, debianZshFolder)), { recursive: true });
  renameSync(join(prefix, zshFolder), join(prefix, debianZshFolder));
  letSandboxHelperRun(prefix);
  writeControl(root);
  const file = join(output, `ncp-scheduler_${debianVersion()}_${debianArchitecture()}.deb`);
  // Instead of fakeroot: the files belong to root in the package, also if another user makes it.
  run('dpkg-deb', ['--root-owner-group', ...compression, '--build', root, file], { quiet: true });
  rmSync(root, { recursive: true, force: true });
  return file;
};

/**
 * Chromium's sandbox uses user namespaces. Where the system forbids them, it uses this helper, which then must be setuid
 * root, as in the package of Chrome.
 * @param {string} prefix
 */
export const letSandboxHelperRun = (prefix) => chmodSync(join(prefix, 'lib/ncp-scheduler/chrome-sandbox'), 0o4755);

/** A version before a release sorts before it: `1.0.0-beta.1` becomes `1.0.0~beta.1`. */
const debianVersion = () => readPackage().version.replace('-', '~');

/** @param {string} root */
const writeControl = (root) => {
  const control = join(root, 'DEBIAN');
  mkdirSync(control, { mode: 0o755 });
  const { author, description, homepage } = readPackage();
  const fields = [
    ['Package', 'ncp-scheduler'],
    ['Version', debianVersion()],
    ['Architecture', debianArchitecture()],
    ['Maintainer', author],
    ['Installed-Size', String(sizeInKiB(join(root, 'usr')))],
    ['Depends', libraries.join(', ')],
    ['Recommends', recommended.join(', ')],
    ['Section', 'utils'],
    ['Priority', 'optional'],
    ...(homepage === undefined ? [] : [['Homepage', homepage]]),
    ['Description', `scheduler for recurring and one-off tasks\n ${description}`],
  ];
  const text = fields.map(([name, value]) => `${name}: ${value}\n`).join('');
  writeFileSync(join(control, 'control'), text, { mode: 0o644 });
  writeFileSync(join(control, 'md5sums'), sums(root), { mode: 0o644 });
  writeScript(join(control, 'postinst'), 'configure|abort-upgrade|abort-remove|abort-deconfigure', 'after-install.sh');
  writeScript(join(control, 'prerm'), 'remove', 'before-remove.sh');
  // An upgrade keeps the profile: the new version's postinst replaces it.
  writeScript(join(control, 'postrm'), 'remove|purge|disappear', 'after-remove.sh');
};

/**
 * Writes a maintainer script that acts only in some cases.
 * @param {string} file
 * @param {string} cases
 * @param {string} part
 */
const writeScript = (file, cases, part) => {
  const body = readFileSync(inProject('resources/linux', part), 'utf8');
  const text = `#!/bin/sh\nset -e\ncase "$1" in\n${cases}) ;;\n*) exit 0 ;;\nesac\n${body}`;
  writeFileSync(file, text, { mode: 0o755 });
  chmodSync(file, 0o755);
};

/** Returns the checksums for debsums. @param {string} root */
const sums = (root) =>
  readdirSync(join(root, 'usr'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => `${createHash('md5').update(readFileSync(path)).digest('hex')}  ${relative(root, path)}\n`)
    .join('');
