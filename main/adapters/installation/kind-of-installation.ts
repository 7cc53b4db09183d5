import { posix, win32 } from 'node:path';
import type { InstallationKind } from '../../contract/installation.ts';

export interface RunningProgram {
  readonly platform: NodeJS.Platform;
  /** Absolute path of the running executable. */
  readonly execPath: string;
  /** `$APPIMAGE`. */
  readonly appImage: string | undefined;
  /** Absolute path of `headless.js`, links resolved; null inside Electron. */
  readonly script: string | null;
  /** Returns whether a file exists. */
  readonly exists: (path: string) => boolean;
}

export interface FoundInstallation {
  readonly kind: InstallationKind;
  /** Absolute path of what was installed. */
  readonly path: string;
}

/** Where dpkg lists the files of the package (dpkg(1), "FILES"). */
const dpkgList = '/var/lib/dpkg/info/ncp-scheduler.list';

/** Tells how the running program was installed, from where its files are. */
export function kindOfInstallation(program: RunningProgram): FoundInstallation {
  return program.script === null ? appInstallation(program) : nodeInstallation(program.script, program);
}

/** The build makes `out/headless/headless.js`; the npm package has `headless/headless.js` beside its `package.json`. */
function nodeInstallation(script: string, { platform, exists }: RunningProgram): FoundInstallation {
  const path = platform === 'win32' ? win32 : posix;
  const folder = path.dirname(path.dirname(script));
  if (!exists(path.join(folder, 'package.json'))) return { kind: 'clone', path: path.dirname(folder) };
  const modules = path.dirname(folder);
  if (modules.split(path.sep).includes('_npx')) return { kind: 'npx', path: folder };
  // npm's folders(7): global packages are in PREFIX/lib/node_modules, on Windows in PREFIX\node_modules beside npm's commands.
  const isGlobal =
    platform === 'win32'
      ? exists(path.join(path.dirname(modules), 'ncp-scheduler.cmd'))
      : path.basename(path.dirname(modules)) === 'lib';
  return { kind: isGlobal ? 'npm' : 'npm-project', path: folder };
}

function appInstallation({ platform, execPath, appImage, exists }: RunningProgram): FoundInstallation {
  if (appImage !== undefined && appImage !== '') return { kind: 'appimage', path: appImage };
  const path = platform === 'win32' ? win32 : posix;
  const unpacked = /^(.*?)[/\\]dist[/\\](?:e2e[/\\])?(?:linux|win|mac)[^/\\]*[/\\]/.exec(execPath)?.[1];
  if (unpacked !== undefined && exists(path.join(unpacked, 'electron-builder.yml'))) {
    return { kind: 'clone', path: unpacked };
  }
  const isFromPackage = platform === 'linux' && /^\/(?:opt|usr)\//.test(execPath);
  if (isFromPackage && !execPath.startsWith('/usr/local/')) {
    return { kind: exists(dpkgList) ? 'deb' : 'rpm', path: execPath };
  }
  return { kind: 'app', path: execPath };
}
