// Installs the packages that Electron and the tests need on Debian and its derivatives.
import { spawnSync } from 'node:child_process';
import { CommandError, findProgram, isRoot, run } from './command.mjs';

/** Shared libraries that Electron loads and its npm package does not contain. */
const forTheWindow = ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1', 'libnotify4'];
/** A display and a bus for the end-to-end tests, OS schedulers, and tools that check what the product writes. */
const forTheTests = [
  'xvfb',
  'xauth',
  'dbus',
  'dbus-x11',
  'cron',
  'systemd',
  'libplist-utils',
  'util-linux',
  'passwd',
  'zsh',
  'fish',
  'desktop-file-utils',
  // An SSH server on 127.0.0.1, which the tests start, for commands on another machine.
  'openssh-client',
  'openssh-server',
  // The database of a fleet. The tests start a server of their own.
  'postgresql',
  // For the window in a browser.
  'chromium',
  // Wine's Task Scheduler checks the XML that the product writes. Downloads 100 MB, takes 700 MB on disk.
  'wine',
  'wine64',
];

/**
 * Returns true if a package is installed. Debian 13 and Ubuntu 24.04 renamed some libraries for 64-bit time:
 * `libasound2t64` provides `libasound2`.
 * @param {string} name
 */
const isInstalled = (name) =>
  [name, `${name}t64`].some((candidate) => {
    const answer = spawnSync('dpkg-query', ['-W', '-f', '${db:Status-Status}', candidate], { encoding: 'utf8' });
    return answer.status === 0 && answer.stdout === 'installed';
  });

/**
 * Installs missing packages as root; prints the command to install them for other users. Does nothing on other systems.
 * @param {{ tests: boolean }} options `tests`: includes packages that only the tests need.
 * @returns {string | undefined} Why packages are still missing; undefined if none are.
 */
export const ensureDebianPackages = ({ tests }) => {
  if (process.platform !== 'linux' || findProgram('dpkg-query') === undefined) return undefined;
  const missing = [...forTheWindow, ...(tests ? forTheTests : [])].filter((name) => !isInstalled(name));
  if (missing.length === 0) return undefined;
  const line = `apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (!isRoot()) {
    console.error(`Debian packages are missing. To install them:\n  sudo ${line}`);
    return `missing Debian packages: ${missing.join(' ')}`;
  }
  console.error(`Installing Debian packages: ${missing.join(' ')}`);
  return install(missing);
};

/** @param {readonly string[]} missing */
const install = (missing) => {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = ['-o', 'DPkg::Lock::Timeout=120', '-o', 'APT::Update::Error-Mode=any'];
  try {
    run('apt-get', ['update', '-q', ...apt.slice(0, 2)], { env, quiet: true });
    const names = missing.flatMap((name) => candidateFor(name) ?? []);
    run('apt-get', ['install', '-y', '-q', '--no-install-recommends', ...apt, ...names], { env, quiet: true });
    const unknown = missing.filter((name) => candidateFor(name) === undefined);
    return unknown.length === 0 ? undefined : `this system has no packages named ${unknown.join(', ')}`;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    console.error(error.output.split('\n').slice(-15).join('\n'));
    return `Debian packages could not be installed (${error.message})`;
  }
};

/** Returns the name under which apt can install a package, or undefined if it cannot. @param {string} name */
const candidateFor = (name) =>
  [`${name}t64`, name].find((candidate) => {
    const answer = spawnSync('apt-cache', ['policy', candidate], { encoding: 'utf8' });
    return /Candidate: (?!\(none\))/.test(answer.stdout ?? '');
  });

/** Returns true if this machine can show a window; always true on macOS and Windows. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']);
