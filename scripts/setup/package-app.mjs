// Packages the app into dist/ with the Electron runtime that runtime.mjs found.
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newestChange } from './build.mjs';
import { keepingExitCode } from './exit-code.mjs';
import { locked } from './lock.mjs';
import { inProject, pinnedElectron, sha256 } from './project.mjs';

/**
 * The variant of the app to package.
 * @typedef {object} Kind
 * @property {boolean} e2e For end-to-end tests: Playwright can attach. Otherwise identical to a release.
 */

/** @param {Kind} kind */
const outputOf = ({ e2e }) => inProject('dist', ...(e2e ? ['e2e'] : []));

/** Returns the program's path below electron-builder's output folder. */
const unpackedApp = () => {
  const arm = process.arch === 'arm64' ? '-arm64' : '';
  if (process.platform === 'darwin') return join(`mac${arm}`, 'NCP Scheduler.app/Contents/MacOS/NCP Scheduler');
  if (process.platform === 'win32') return join(`win${arm}-unpacked`, 'ncp-scheduler.exe');
  return join(`linux${arm}-unpacked`, 'ncp-scheduler');
};

/**
 * Returns the path of the packaged app's executable, whether it exists or not.
 * @param {Kind} kind
 */
const packagedExecutable = (kind) => join(outputOf(kind), unpackedApp());

/**
 * Packages the app if its build, its resources or the runtime have changed. Returns the executable's path.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {Kind} kind
 */
export const ensurePackagedApp = async (runtime, kind) => {
  if (!isFresh(runtime, kind)) await locked(() => packageIfStale(runtime, kind));
  return packagedExecutable(kind);
};

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {Kind} kind
 */
const packageIfStale = async (runtime, kind) => {
  if (isFresh(runtime, kind)) return;
  const executable = packagedExecutable(kind);
  if (kind.e2e) await packageIfStale(runtime, { e2e: false });
  console.error(`Packaging the app on Electron ${runtime.version}${kind.e2e ? ' for end-to-end tests' : ''}…`);
  rmSync(stampOf(kind), { force: true });
  await (kind.e2e ? copyForEndToEndTests(executable) : packageApp(runtime, true));
  if (!existsSync(executable)) throw new Error(`electron-builder did not create ${executable}.`);
  mkdirSync(outputOf(kind), { recursive: true });
  writeFileSync(stampOf(kind), stampText(runtime));
};

/** @param {Kind} kind */
const stampOf = (kind) => join(outputOf(kind), '.packaged');

/** @param {import('./runtime.mjs').Runtime} runtime */
const stampText = (runtime) => `${runtime.version} ${sha256(inProject('electron-builder.yml'))}`;

/**
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {Kind} kind
 */
const isFresh = (runtime, kind) => {
  const stamp = stampOf(kind);
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== stampText(runtime)) return false;
  const packagedAt = statSync(stamp).mtimeMs;
  return ['out', 'resources', 'package.json'].every((path) => newestChange(inProject(path)) <= packagedAt);
};

/**
 * Copies the app as it ships and sets the one fuse that lets Playwright attach to the copy.
 * @param {string} executable
 */
const copyForEndToEndTests = async (executable) => {
  const { flipFuses, FuseV1Options, FuseVersion } = await import('@electron/fuses');
  const [folder = ''] = unpackedApp().split(/[/\\]/);
  const copy = join(outputOf({ e2e: true }), folder);
  rmSync(copy, { recursive: true, force: true });
  cpSync(join(outputOf({ e2e: false }), folder), copy, { recursive: true, verbatimSymlinks: true });
  await flipFuses(executable, {
    version: FuseVersion.V1,
    [FuseV1Options.EnableNodeCliInspectArguments]: true,
    resetAdHocDarwinSignature: process.platform === 'darwin',
  });
};

/**
 * Returns where the app looks for newer versions: in the releases of the repository that builds it, which GitHub Actions
 * names. electron-builder then writes `app-update.yml` beside the app, and `latest*.yml` for the release.
 */
export const updateSource = (env = process.env) => {
  const [owner, repo] = (env['GITHUB_REPOSITORY'] ?? '').split('/');
  return owner && repo ? [{ provider: /** @type {const} */ ('github'), owner, repo }] : null;
};

/**
 * Runs electron-builder for this system.
 * @param {import('./runtime.mjs').Runtime} runtime
 * @param {boolean} unpackedOnly If false, also builds the installers of electron-builder.yml; electron-builder downloads
 *   their tools from GitHub.
 */
export const packageApp = async (runtime, unpackedOnly) => {
  const { build, DIR_TARGET, Platform } = await import('electron-builder');
  const targets = Platform.current().createTarget(...(unpackedOnly ? [DIR_TARGET] : []));
  // Without these options, electron-builder uses the version pinned in package.json and downloads it itself.
  const given =
    runtime.version === pinnedElectron() && !unpackedOnly
      ? {}
      : { electronDist: runtime.folder, electronVersion: runtime.version };
  /** @type {import('electron-builder').CliOptions} */
  const options = {
    projectDir: inProject(),
    targets,
    publish: 'never',
    config: {
      ...given,
      publish: updateSource(),
      directories: { output: outputOf({ e2e: false }) },
    },
  };
  await keepingExitCode(() => build(options));
};
