import { spawn } from 'node:child_process';
import { controlChannel } from '../adapters/control/channel.ts';
import { createCommandRunner } from '../adapters/os-scheduler/run-program.ts';
import { dataPaths } from '../adapters/storage/data-dir.ts';
import { openSettings } from '../adapters/storage/settings-file.ts';
import { rulesDecideNotifications } from '../contract/alerts/desktop-channel.ts';
import type { Settings } from '../contract/settings.ts';
import type { Executable } from './entry-command.ts';

/** Environment variables that a program needs to show anything on a Linux desktop. */
const sessionVariables = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'DBUS_SESSION_BUS_ADDRESS',
  'XDG_CURRENT_DESKTOP',
];

/** The setting that allows the notification. */
export type AnnouncedSetting = 'notifyOnFailure' | 'notifyOnAttention' | 'notifyOnChange';

export interface Announcement {
  readonly executable: Executable;
  /** Absolute. */
  readonly dataDir: string;
  /** ISO instant: notifies of executions that started since then. */
  readonly since: string;
  readonly setting: AnnouncedSetting;
}

/**
 * Starts the tray app, hidden, so that it notifies the person of a task that failed, is late or takes too long in a run
 * of the OS scheduler. Does
 * nothing if the app is running (it has already notified), if notifications are off, or if nobody is logged in at a
 * desktop. The next start of the app shows the failure in any case. Returns whether it started the app.
 */
export async function startToAnnounce({ executable, dataDir, since, setting }: Announcement): Promise<boolean> {
  const paths = dataPaths(dataDir);
  const settings = openSettings({ path: paths.config, profilePath: paths.profile, lock: (action) => action() });
  if (!isAnnounced(settings.read(), setting)) return false;
  // The run itself has already warned of a socket that cannot be trusted.
  const primary = await controlChannel(paths.dir, () => undefined).connect();
  primary?.close();
  const session = primary === null ? await desktopSession() : null;
  if (session === null) return false;
  const args = ['--hidden', '--data-dir', paths.dir, '--announce-since', since];
  const program = executable.appImage ?? executable.execPath;
  spawn(program, args, { detached: true, stdio: 'ignore', env: { ...process.env, ...session } }).unref();
  return true;
}

/** Returns whether the app has anything to show: by its own switch, or by the rules of alerts that replace the switches. */
export function isAnnounced(settings: Settings, setting: AnnouncedSetting): boolean {
  return settings[setting] || rulesDecideNotifications(settings.alerts);
}

/** Returns the variables of the person's desktop session, or null if there is none. */
async function desktopSession(): Promise<Record<string, string> | null> {
  if (process.platform !== 'linux') return {};
  const own = picked(process.env);
  const session = hasDisplay(own) ? own : { ...(await managerVariables()), ...own };
  return hasDisplay(session) ? session : null;
}

/** Reads the variables that desktops pass to the user manager at login (`systemctl --user import-environment`). */
async function managerVariables(): Promise<Record<string, string>> {
  const { exitCode, stdout } = await createCommandRunner()('systemctl', ['--user', 'show-environment']);
  if (exitCode !== 0) return {};
  const lines = stdout.split('\n').map((line) => line.split(/=(.*)/s).slice(0, 2));
  return picked(Object.fromEntries(lines) as Record<string, string>);
}

function picked(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = sessionVariables.flatMap((name) => {
    const value = env[name];
    return value === undefined || value === '' ? [] : [[name, value] as const];
  });
  return Object.fromEntries(entries);
}

function hasDisplay(session: Readonly<Record<string, string>>): boolean {
  return session['DISPLAY'] !== undefined || session['WAYLAND_DISPLAY'] !== undefined;
}
