import { execFile } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Variables that a login at a desktop adds after the shell's start-up files. They change with each session. */
const sessionNames = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_ID',
  'XDG_SESSION_TYPE',
  'XDG_CURRENT_DESKTOP',
  'DBUS_SESSION_BUS_ADDRESS',
  'SSH_AUTH_SOCK',
] as const;

type Variables = Readonly<Record<string, string>>;

/** How long an answer of the session manager is used, in ms: a burst of runs asks once. */
const FRESH_MS = 10_000;
const TIME_LIMIT_MS = 3000;

export interface SessionOptions {
  /** Asks the session manager. @default `managerVariables` */
  readonly ask?: () => Promise<Variables>;
  /** The environment of the app, which runs in the person's session. Null for every other program. @default null */
  readonly ownSession?: NodeJS.ProcessEnv | null;
  /** Epoch ms. @default Date.now */
  readonly now?: () => number;
}

/**
 * Returns a function that returns the variables of the person's session as they are now. The session manager gives
 * every caller the same. Without one, only the app itself knows them; cron, an agent's host and ssh do not.
 */
export function sessionVariables(options: SessionOptions = {}): () => Promise<Variables> {
  const { ask = managerVariables, ownSession = null, now = Date.now } = options;
  let known: { readonly atMs: number; readonly answer: Promise<Variables> } | null = null;
  return async () => {
    if (known === null || now() - known.atMs >= FRESH_MS) known = { atMs: now(), answer: ask() };
    const manager = ofSession(await known.answer);
    const hasDisplay = manager['DISPLAY'] !== undefined || manager['WAYLAND_DISPLAY'] !== undefined;
    return hasDisplay ? manager : { ...manager, ...ofSession(ownSession ?? {}) };
  };
}

/** Returns the other variables: those that a start-up file or a capture has left of a session that may be over. */
export function withoutSession(env: Variables): Record<string, string> {
  const names: ReadonlySet<string> = new Set(sessionNames);
  return Object.fromEntries(Object.entries(env).filter(([name]) => !names.has(name)));
}

function ofSession(env: NodeJS.ProcessEnv): Variables {
  return Object.fromEntries(sessionNames.flatMap((name) => (env[name] ? [[name, env[name]]] : [])));
}

/**
 * Asks the person's systemd, which desktops give their variables at login. Returns the standard folder and bus where
 * systemd does not answer, and nothing where there is no folder. Never rejects.
 */
async function managerVariables(runtimeDir = ownRuntimeDir()): Promise<Variables> {
  if (process.platform === 'darwin') return launchdVariables();
  if (runtimeDir === null) return {};
  const bus = join(runtimeDir, 'bus');
  const standard = {
    XDG_RUNTIME_DIR: runtimeDir,
    ...(existsSync(bus) ? { DBUS_SESSION_BUS_ADDRESS: `unix:path=${bus}` } : {}),
  };
  if (!existsSync(join(runtimeDir, 'systemd/private'))) return standard;
  return { ...standard, ...parseShownEnvironment(await shownEnvironment(runtimeDir)) };
}

/** Returns the folder that the system made for this user's session; null if there is none. */
function ownRuntimeDir(): string | null {
  const uid = process.getuid?.();
  if (process.platform !== 'linux' || uid === undefined) return null;
  const places = [`/run/user/${uid}`, process.env['XDG_RUNTIME_DIR']];
  const isOwn = (place: string) => statSync(place, { throwIfNoEntry: false })?.uid === uid;
  return places.find((place) => place !== undefined && place !== '' && isOwn(place)) ?? null;
}

const shownEnvironment = (runtimeDir: string): Promise<string> =>
  answerOf('systemctl', ['--user', 'show-environment'], { XDG_RUNTIME_DIR: runtimeDir });

/** On macOS, launchd holds the socket of the person's ssh-agent (launchctl(1)). */
async function launchdVariables(): Promise<Variables> {
  const socket = (await answerOf('launchctl', ['getenv', 'SSH_AUTH_SOCK'], {})).trim();
  return socket === '' ? {} : { SSH_AUTH_SOCK: socket };
}

/** Returns what a program prints; nothing if it fails, because a task can run without a session. */
function answerOf(program: string, args: readonly string[], more: Variables): Promise<string> {
  const env = { PATH: '/usr/bin:/bin', LC_ALL: 'C', ...more };
  return new Promise((resolve) => {
    execFile(program, args, { env, timeout: TIME_LIMIT_MS }, (error, stdout) => resolve(error === null ? stdout : ''));
  });
}

/** Parses the output of `systemctl show-environment`, which writes values with special characters as `$'…'`. */
export function parseShownEnvironment(text: string): Record<string, string> {
  const entries = [...text.matchAll(/^(\w+)=(.*)$/gm)].map(([, name = '', value = '']) => [name, shown(value)]);
  return Object.fromEntries(entries) as Record<string, string>;
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', a: '\x07', b: '\b', f: '\f', v: '\v' };

function shown(value: string): string {
  const quoted = /^\$'(.*)'$/.exec(value)?.[1];
  return quoted?.replaceAll(/\\(.)/g, (_, character: string) => escapes[character] ?? character) ?? value;
}
