import { createHash } from 'node:crypto';

export interface Executable {
  /** Absolute path of the running executable. */
  readonly execPath: string;
  /** `$APPIMAGE`, the AppImage file. Entries must call it, because its mount path changes at every start. */
  readonly appImage: string | undefined;
  /** Absolute path of `headless.js`, or null inside Electron. */
  readonly script: string | null;
  readonly platform: NodeJS.Platform;
}

/**
 * Returns the command of an OS entry, up to `_timing-run <timing-id>`: absolute, without a shell.
 * @param launcher the command that starts the launcher, which finds the program; null to start the program itself
 */
export function entryCommand(
  executable: Executable,
  dataDir: string,
  isDefaultDir: boolean,
  launcher: readonly string[] | null = null,
): string[] {
  const program = executable.appImage ?? executable.execPath;
  const directory = isDefaultDir ? [] : ['--data-dir', dataDir];
  if (launcher !== null) return [...launcher, ...directory];
  if (executable.script !== null) return [executable.execPath, executable.script, ...directory];
  // Chromium reads switches only before our arguments, and does not start without a display unless it has these.
  const headless = executable.platform === 'linux' ? ['--ozone-platform=headless', '--disable-gpu'] : [];
  return [program, ...headless, ...directory];
}

/** Returns a part of entry names that keeps data directories apart. Empty for the default directory. */
export function entryNamespace(dataDir: string, isDefaultDir: boolean): string {
  return isDefaultDir ? '' : createHash('sha256').update(dataDir).digest('hex').slice(0, 8);
}

const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/**
 * Returns the environment of an entry. It does not depend on the process that writes the entry (the app, a shell, a run
 * of an entry); otherwise each process would consider the entries of another one outdated. Tasks get the environment of
 * the login shell instead.
 * @param uid numeric id of the user, null on Windows.
 */
export function entryEnvironment(
  platform: NodeJS.Platform,
  homeDir: string,
  uid: number | null,
): Record<string, string> {
  if (platform === 'win32') return {};
  // Cron does not set it, and `systemctl --user` needs it to find its manager (pam_systemd(8)).
  const runtime = platform === 'linux' && uid !== null ? { XDG_RUNTIME_DIR: `/run/user/${uid}` } : {};
  return { HOME: homeDir, PATH: systemPath, ...runtime };
}
