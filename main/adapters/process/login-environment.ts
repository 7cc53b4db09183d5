import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { homedir, userInfo } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { messageOf } from '../../domain/errors.ts';
import type { LoginEnvironment, LoginShell } from '../../ports/login-shell.ts';
import { z } from 'zod';
import { sendSignal } from './signal-all.ts';

/** Limit for start-up files that ask a question or hang, in ms. Slow ones (nvm, conda) take two or three seconds. */
const TIME_LIMIT_MS = 10_000;
const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** Set while the shell starts, so that start-up files can skip slow or interactive steps. */
const CAPTURING = 'NCP_RESOLVING_ENVIRONMENT';

/** Session variables, such as DISPLAY: read from this process each time, never cached. */
const ofSession = [
  'DISPLAY',
  'WAYLAND_DISPLAY',
  'XAUTHORITY',
  'XDG_RUNTIME_DIR',
  'XDG_SESSION_ID',
  'DBUS_SESSION_BUS_ADDRESS',
  'SSH_AUTH_SOCK',
] as const;

/** Variables of a shell or of the program that started this app, not of the person's environment. */
const notThePersons =
  /^(?:_|PWD|OLDPWD|SHLVL|INIT_CWD|NCP_.*|npm_.*|ELECTRON_.*|NODE_(?:OPTIONS|CHANNEL_.*|UNIQUE_ID|ENV)|VITEST.*|APPIMAGE|APPDIR|ARGV0|OWD|INVOCATION_ID|JOURNAL_STREAM|MAINPID|NOTIFY_SOCKET)$/;

const cacheSchema = z.object({
  version: z.literal(1),
  shell: z.string(),
  capturedAt: z.string(),
  env: z.record(z.string(), z.string()),
});

export interface LoginEnvironmentOptions {
  /** The file that stores the captured environment (0600: people export tokens in their start-up files). */
  readonly cachePath: string;
  /** @default this process's environment */
  readonly env?: NodeJS.ProcessEnv;
  /** The person's shell. @default the one in the user database, because cron sets SHELL to /bin/sh */
  readonly shell?: string;
  /** In ms. @default 10000 */
  readonly timeLimitMs?: number;
}

/**
 * Returns the environment of the person's login shell, so that a task sees the same environment whether it was started
 * by hand, by the app or by the OS scheduler (docs/architecture.md, decision D10). Captured once and stored in a file;
 * `refreshLoginEnvironment` captures it again. Never fails: without a usable shell it returns a usable PATH and the
 * reason.
 */
export async function loginEnvironment(options: LoginEnvironmentOptions): Promise<LoginEnvironment> {
  if (process.platform === 'win32') return ofThisProcess(options);
  const cached = await readCache(options);
  return cached ?? refreshLoginEnvironment(options);
}

/** Captures the login shell's environment now and stores it. Never fails, like `loginEnvironment`. */
export async function refreshLoginEnvironment(options: LoginEnvironmentOptions): Promise<LoginEnvironment> {
  return askLoginShell(options, (kept) => writeCache(options.cachePath, kept));
}

/** Captures the login shell's environment now without storing it. Never fails, like `loginEnvironment`. */
async function presentLoginEnvironment(options: LoginEnvironmentOptions): Promise<LoginEnvironment> {
  return askLoginShell(options, () => Promise.resolve(null));
}

/** The login shell behind its port, with the capture kept in a file. */
export const loginShell = (options: LoginEnvironmentOptions): LoginShell => ({
  captured: () => loginEnvironment(options),
  present: () => presentLoginEnvironment(options),
  refresh: () => refreshLoginEnvironment(options),
});

async function askLoginShell(
  options: LoginEnvironmentOptions,
  keep: (cache: z.infer<typeof cacheSchema>) => Promise<string | null>,
): Promise<LoginEnvironment> {
  if (process.platform === 'win32') return ofThisProcess(options);
  const shell = shellOf(options);
  try {
    const env = clean(await capture(shell, options));
    const capturedAt = new Date().toISOString();
    const problem = await keep({ version: 1, shell, capturedAt, env });
    return { env: withSession(env, options), source: 'login-shell', capturedAt, problem };
  } catch (error) {
    const problem = `The environment of the login shell ${shell} could not be read: ${messageOf(error)}.`;
    return { env: withSession(fallback(shell, options), options), source: 'fallback', capturedAt: null, problem };
  }
}

function ofThisProcess({ env = process.env }: LoginEnvironmentOptions): LoginEnvironment {
  return { env: clean(env), source: 'process', capturedAt: null, problem: null };
}

function shellOf(options: LoginEnvironmentOptions): string {
  if (options.shell !== undefined) return options.shell;
  let shell: string | null = null;
  try {
    shell = userInfo().shell;
  } catch {
    // The user is in no database, as in some containers.
  }
  const usable = (path: string | null | undefined) => !!path && !/\/(?:nologin|false|sync)$/.test(path);
  if (usable(shell)) return shell ?? '/bin/sh';
  return usable(process.env['SHELL']) ? (process.env['SHELL'] ?? '/bin/sh') : '/bin/sh';
}

/**
 * Returns the shell's environment. Start-up files may print anything, so the environment is printed between two unique
 * marks.
 */
async function capture(shell: string, options: LoginEnvironmentOptions): Promise<Record<string, string>> {
  const mark = randomUUID();
  // csh and tcsh accept -l only alone; macOS before 13 lacks `env -0`, and values with line ends are then split.
  const login = /^t?csh$/.test(basename(shell)) ? ['-i', '-c'] : ['-l', '-i', '-c'];
  const line = `/usr/bin/env printf ${mark}; /usr/bin/env -0 || /usr/bin/env; /usr/bin/env printf ${mark}`;
  const output = await outputOf(shell, [...login, line], options);
  const [, found] = output.split(mark);
  if (found === undefined) throw new Error('it did not run the command that prints the environment');
  const env = parseEnvironment(found);
  if (env['PATH'] === undefined) throw new Error('it has no PATH');
  return env;
}

function outputOf(shell: string, args: readonly string[], options: LoginEnvironmentOptions): Promise<string> {
  const { timeLimitMs = TIME_LIMIT_MS, env = process.env } = options;
  return new Promise((resolve, reject) => {
    // In its own session: an interactive shell would otherwise compete for the terminal that started this process.
    const child = spawn(shell, args, {
      env: { ...clean(env), [CAPTURING]: '1', TERM: 'dumb' },
      cwd: homedir(),
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const end = (problem: Error | null) => {
      clearTimeout(timer);
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
      child.stdout.destroy();
      if (problem) reject(problem);
      else resolve(Buffer.concat(chunks).toString('utf8'));
    };
    const timer = setTimeout(() => end(new Error(`it did not end within ${timeLimitMs / 1000} s`)), timeLimitMs);
    child.stdout.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_OUTPUT_BYTES) end(new Error('it printed too much'));
    });
    child.on('error', (error) => end(error));
    child.on('close', () => end(null));
    // A daemon from a start-up file may keep stdout open, and `close` would wait for it.
    child.on('exit', () => void setTimeout(() => end(null), 500).unref());
  });
}

/**
 * Parses the output of `env -0`, or of plain `env`, where a line without an assignment continues the value before it.
 */
export function parseEnvironment(text: string): Record<string, string> {
  const env: Record<string, string> = {};
  const parts = text.includes('\0') ? text.split('\0') : text.split(/\n(?=[A-Za-z_][A-Za-z0-9_]*=)/);
  for (const part of parts) {
    const equals = part.indexOf('=');
    if (equals > 0) env[part.slice(0, equals).trimStart()] = part.slice(equals + 1).replace(/\n$/, '');
  }
  return env;
}

function clean(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !notThePersons.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

function withSession(env: Record<string, string>, options: LoginEnvironmentOptions): Record<string, string> {
  const now = options.env ?? process.env;
  const result = { ...env };
  for (const name of ofSession) {
    const value = now[name];
    if (value === undefined) Reflect.deleteProperty(result, name);
    else result[name] = value;
  }
  return result;
}

function fallback(shell: string, { env = process.env }: LoginEnvironmentOptions): Record<string, string> {
  const home = homedir();
  const brew = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/opt/homebrew/sbin'] : [];
  const usual = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin'];
  const path = [...(env['PATH'] ?? '').split(':'), join(home, '.local/bin'), join(home, 'bin'), ...brew, ...usual];
  return {
    HOME: home,
    SHELL: shell,
    LANG: 'C.UTF-8',
    ...clean(env),
    PATH: [...new Set(path.filter((folder) => folder.startsWith('/')))].join(':'),
  };
}

async function readCache(options: LoginEnvironmentOptions): Promise<LoginEnvironment | null> {
  try {
    const cached = cacheSchema.parse(JSON.parse(await readFile(options.cachePath, 'utf8')));
    if (cached.shell !== shellOf(options)) return null;
    return { env: withSession(cached.env, options), source: 'cache', capturedAt: cached.capturedAt, problem: null };
  } catch {
    // A missing, unreadable or outdated cache is simply created again.
    return null;
  }
}

async function writeCache(path: string, cache: z.infer<typeof cacheSchema>): Promise<string | null> {
  const fresh = `${path}.${process.pid}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    await writeFile(fresh, JSON.stringify(cache, null, 2), { mode: 0o600 });
    await rename(fresh, path);
    return null;
  } catch (error) {
    return `The captured environment could not be saved in ${path}: ${messageOf(error)}.`;
  }
}
