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

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * The entry's own environment. The same whoever asks (the app, a shell, an entry that runs): an entry with the
 * environment of its writer would differ from what the next process would write. Tasks get the login shell's instead.
 * @param uid the person's numeric id, null on Windows.
 */
export function entryEnvironment(
  platform: NodeJS.Platform,
  homeDir: string,
  uid: number | null,
): Record<string, string> {
  if (platform === 'win32') return {};
  // Cron starts programs without it, and `systemctl --user` finds its manager there (pam_systemd(8)).
  const runtime = platform === 'linux' && uid !== null ? { XDG_RUNTIME_DIR: `/run/user/${uid}` } : {};
  return { HOME: homeDir, PATH: systemPath, ...runtime };
}
