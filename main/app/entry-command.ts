import { createHash } from 'node:crypto';

export interface Executable {
  /** Absolute path of the running executable. */
  readonly execPath: string;
  /** `$APPIMAGE`: the mount path of an AppImage changes at every start, so entries must call the file itself. */
  readonly appImage: string | undefined;
  /** Absolute path of `headless.js`, or null inside Electron. */
  readonly script: string | null;
  readonly platform: NodeJS.Platform;
}

/** What an OS entry calls, up to `_timing-run <timing-id>`: absolute, without a shell. */
export function entryCommand(executable: Executable, dataDir: string, isDefaultDir: boolean): string[] {
  const program = executable.appImage ?? executable.execPath;
  const directory = isDefaultDir ? [] : ['--data-dir', dataDir];
  if (executable.script !== null) return [executable.execPath, executable.script, ...directory];
  // Before our own arguments, where Chromium reads it: without a display it would not even start.
  const headless = executable.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : [];
  return [program, ...headless, ...directory];
}

/** Part of the names of entries, so that two data directories never share one. Empty for the default one. */
export function entryNamespace(dataDir: string, isDefaultDir: boolean): string {
  return isDefaultDir ? '' : createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
}

/** The entry's own environment. Nothing comes from a shell; the task's environment is captured separately. */
export function entryEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  homeDir: string,
): Record<string, string> {
  const keep = ['LANG', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS', 'NODE_EXTRA_CA_CERTS'];
  const kept = keep.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]] as const]));
  const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
  return { ...Object.fromEntries(kept), HOME: homeDir, PATH: env['PATH'] ?? systemPath };
}
