// Lays out the app as it is installed on Linux: one tree with bin, lib and share, from which the .deb, the .rpm and the
// .tar.gz are made. It works below /usr as well as below ~/.local.
import {
  chmodSync,
  cpSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { run } from '../setup/command.mjs';
import { inProject, readPackage } from '../setup/project.mjs';
import { releasesIn } from '../setup/changelog.mjs';

/** The name of the program, its folder and its files. */
const programName = 'ncp-scheduler';

/** Where a shell looks for completions. Debian's zsh reads another folder than that of other systems. */
const completions = {
  bash: 'share/bash-completion/completions/ncp-scheduler',
  zsh: 'share/zsh/site-functions/_ncp-scheduler',
  fish: 'share/fish/vendor_completions.d/ncp-scheduler.fish',
};
export const debianZshFolder = 'share/zsh/vendor-completions';
export const zshFolder = 'share/zsh/site-functions';

/**
 * Fills a folder with bin, lib and share.
 * @param {string} app The unpacked app that electron-builder made.
 * @param {string} prefix The folder to fill; replaced if it exists.
 * @param {'deb' | 'rpm'} [packageType] Written where the app reads how it was installed, as electron-builder does.
 */
export const layOut = (app, prefix, packageType) => {
  rmSync(prefix, { recursive: true, force: true });
  cpSync(app, join(prefix, 'lib', programName), { recursive: true, verbatimSymlinks: true });
  mkdirSync(join(prefix, 'bin'), { recursive: true });
  symlinkSync(join('../lib', programName, programName), join(prefix, 'bin', programName));
  const copies = [
    ['resources/linux/ncp-scheduler.desktop', 'share/applications/ncp-scheduler.desktop'],
    ['resources/linux/apparmor-profile', 'lib/ncp-scheduler/apparmor-profile'],
    ...iconCopies(),
  ];
  for (const [from = '', to = ''] of copies) write(join(prefix, to), readFileSync(inProject(from)));
  write(join(prefix, 'share/metainfo/org.ncp_scheduler.app.metainfo.xml'), metainfo());
  write(join(prefix, 'share/man/man1/ncp-scheduler.1.gz'), compressed('docs/ncp-scheduler.1'));
  write(join(prefix, 'share/doc/ncp-scheduler/changelog.gz'), compressed('CHANGELOG.md'));
  write(join(prefix, 'share/doc/ncp-scheduler/copyright'), copyright(app));
  for (const [shell, path] of Object.entries(completions)) write(join(prefix, path), completionFor(shell));
  if (packageType !== undefined) write(join(prefix, 'lib', programName, 'resources/package-type'), packageType);
  setModes(prefix);
};

/** @param {string} file @param {string | Buffer} content */
const write = (file, content) => {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
};

/** The same bytes at each build: gzip of Node writes no time. @param {string} file */
const compressed = (file) => gzipSync(readFileSync(inProject(file)), { level: 9 });

const iconCopies = () =>
  readdirSync(inProject('resources/icons/app')).flatMap((file) => {
    const size = /^(\d+x\d+)\.png$/.exec(file)?.[1];
    // The icon theme specification has no folder for 1024 pixels.
    if (size === undefined || size === '1024x1024') return [];
    return [[`resources/icons/app/${file}`, `share/icons/hicolor/${size}/apps/ncp-scheduler.png`]];
  });

const metainfo = () => {
  const releases = releasesIn(readFileSync(inProject('CHANGELOG.md'), 'utf8')).map(
    ({ version, date }) => `    <release version="${version}" date="${date}" />`,
  );
  const text = readFileSync(inProject('resources/linux/org.ncp_scheduler.app.metainfo.xml'), 'utf8');
  return text.replace('<releases />', ['<releases>', ...releases, '  </releases>'].join('\n'));
};

/** Our licence, and where those of the parts are. @param {string} app */
const copyright = (app) => {
  const own = readFileSync(join(app, 'resources/LICENSE.txt'), 'utf8').trim();
  return [
    `NCP Scheduler ${readPackage().version}`,
    own,
    readFileSync(join(app, 'resources/NOTICE.txt'), 'utf8').trim(),
    'The files are in /usr/lib/ncp-scheduler and its folder resources.',
    '',
  ].join('\n\n');
};

/** @param {string} shell */
const completionFor = (shell) =>
  run(process.execPath, [inProject('out/headless/headless.js'), 'completion', shell], { quiet: true }).stdout;

/**
 * Sets the modes that do not depend on the umask of the build: files are for all to read and programs for all to run.
 * @param {string} folder
 */
const setModes = (folder) => {
  chmodSync(folder, 0o755);
  for (const name of readdirSync(folder)) {
    const path = join(folder, name);
    const stat = lstatSync(path);
    if (stat.isDirectory()) setModes(path);
    else if (!stat.isSymbolicLink()) chmodSync(path, stat.mode & 0o100 ? 0o755 : 0o644);
  }
};

/** Returns the size of a tree in KiB, each file rounded up as dpkg does. @param {string} folder @returns {number} */
export const sizeInKiB = (folder) =>
  readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? 1 + sizeInKiB(path) : Math.ceil(lstatSync(path).size / 1024));
  }, 0);
