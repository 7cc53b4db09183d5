import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../domain/errors.ts';
import type { LoginEnvironment, LoginShell } from '../../../ports/login-shell.ts';
import { readCapture, storable, writeCapture, type StoredCapture } from './environment-file.ts';
import { loginStart } from './login-start.ts';
import { sessionVariables, withoutSession } from './session-variables.ts';
import { captureShell } from './shell-capture.ts';

/** Limit for start-up files that ask a question or hang, in ms. Slow ones (nvm, conda) take two or three seconds. */
const TIME_LIMIT_MS = 10_000;
/** How long a shell that failed is not asked for secrets again, in ms. */
const ASK_AGAIN_MS = 300_000;

/** Variables of a shell or of this app, not of the person's environment. */
const notThePersons =
  /^(?:_|PWD|OLDPWD|SHLVL|INIT_CWD|NCP_.*|npm_.*|ELECTRON_.*|NODE_(?:OPTIONS|CHANNEL_.*|UNIQUE_ID|ENV)|VITEST.*|APPIMAGE|APPDIR|ARGV0|OWD|INVOCATION_ID|JOURNAL_STREAM|MAINPID|NOTIFY_SOCKET)$/;
/** On Windows, where the environment of the calling program is used: what would load code into every task. */
const loader =
  /^(?:LD_.*|DYLD_.*|NODE_.*|PYTHON(?:STARTUP|PATH|HOME|INSPECT|WARNINGS)|PERL5(?:OPT|LIB)|RUBYOPT|JAVA_TOOL_OPTIONS)$/i;

export interface LoginEnvironmentOptions {
  /** The file that stores the captured environment, without the values of secrets. */
  readonly cachePath: string;
  /** The person's home directory. @default `os.homedir()` */
  readonly homeDir?: string;
  /** The person's shell. @default the one in the user database, because cron sets SHELL to /bin/sh */
  readonly shell?: string;
  /** In ms. @default 10000 */
  readonly timeLimitMs?: number;
  /** Files with variables for every login of this machine. @default those of the system */
  readonly systemFiles?: readonly string[];
  /** Returns the variables of the person's session. @default asks the session manager */
  readonly session?: () => Promise<Readonly<Record<string, string>>>;
  /** Epoch ms. @default Date.now */
  readonly now?: () => number;
}

/** The values of variables that are never stored, as one capture had them. */
interface HeldSecrets {
  /** The stored capture to which they belong. */
  readonly capturedAt: string;
  readonly askedMs: number;
  readonly values: Readonly<Record<string, string>>;
  readonly problem: string | null;
}

/**
 * The person's login shell, so that a task sees the same environment whether it was started by hand, by the app or by
 * the OS scheduler (docs/architecture.md, decision D10). The shell starts as login(1) would start it, so nothing comes
 * from the calling program. Its environment is captured once and stored in a file; `refresh` captures it again. Values
 * that look like secrets stay in the memory of a process: the next process asks the shell for them.
 */
export class CapturedLoginShell implements LoginShell {
  readonly #options: LoginEnvironmentOptions;
  readonly #session: () => Promise<Readonly<Record<string, string>>>;
  readonly #now: () => number;
  #secrets: Promise<HeldSecrets> | null = null;

  constructor(options: LoginEnvironmentOptions) {
    this.#options = options;
    this.#session = options.session ?? sessionVariables();
    this.#now = options.now ?? Date.now;
  }

  async captured(): Promise<LoginEnvironment> {
    if (process.platform === 'win32') return ofThisProcess();
    const stored = await readCapture(this.#options.cachePath);
    if (stored === null || stored.shell !== this.#shell()) return this.refresh();
    const { values, problem } = await this.#secretsOf(stored);
    const { env, capturedAt } = stored;
    return { env: await this.#withSession({ ...env, ...values }), source: 'cache', capturedAt, problem };
  }

  async present(): Promise<LoginEnvironment> {
    return this.#ask(() => Promise.resolve(null));
  }

  async refresh(): Promise<LoginEnvironment> {
    return this.#ask(async (env, capturedAt) => {
      const kept = { shell: this.#shell(), capturedAt, ...storable(env) };
      const values = picked(env, kept.secret);
      this.#secrets = Promise.resolve({ capturedAt, askedMs: this.#now(), values, problem: null });
      return writeCapture(this.#options.cachePath, kept);
    });
  }

  async #ask(keep: (env: Record<string, string>, at: string) => Promise<string | null>): Promise<LoginEnvironment> {
    if (process.platform === 'win32') return ofThisProcess();
    try {
      const env = await this.#capture();
      const capturedAt = new Date(this.#now()).toISOString();
      const problem = await keep(env, capturedAt);
      return { env: await this.#withSession(env), source: 'login-shell', capturedAt, problem };
    } catch (error) {
      const env = await this.#withSession(this.#fallback());
      return { env, source: 'fallback', capturedAt: null, problem: this.#problem(error) };
    }
  }

  /** Starts the shell only if the stored capture has secrets, and then once for each capture. */
  async #secretsOf(stored: StoredCapture): Promise<Pick<HeldSecrets, 'values' | 'problem'>> {
    if (stored.secret.length === 0) return { values: {}, problem: null };
    const before = this.#secrets;
    const held = await before;
    const isKnown = held?.capturedAt === stored.capturedAt;
    if (isKnown && (held.problem === null || this.#now() - held.askedMs < ASK_AGAIN_MS)) return held;
    // Another run may have asked meanwhile.
    if (this.#secrets === before) this.#secrets = this.#askSecrets(stored);
    return this.#secrets ?? { values: {}, problem: null };
  }

  async #askSecrets({ capturedAt, secret }: StoredCapture): Promise<HeldSecrets> {
    const asked = { capturedAt, askedMs: this.#now() };
    try {
      return { ...asked, values: picked(await this.#capture(), secret), problem: null };
    } catch (error) {
      const problem = `${this.#problem(error)} Tasks run without these variables: ${secret.join(', ')}.`;
      return { ...asked, values: {}, problem };
    }
  }

  async #capture(): Promise<Record<string, string>> {
    const { timeLimitMs = TIME_LIMIT_MS } = this.#options;
    const cwd = this.#homeDir();
    return withoutSession(clean(await captureShell({ shell: this.#shell(), env: this.#start(), cwd, timeLimitMs })));
  }

  #start(): Record<string, string> {
    const { systemFiles } = this.#options;
    return loginStart({ shell: this.#shell(), homeDir: this.#homeDir(), ...(systemFiles && { systemFiles }) });
  }

  #homeDir(): string {
    return this.#options.homeDir ?? homedir();
  }

  #shell(): string {
    return this.#options.shell ?? shellOfUser();
  }

  async #withSession(env: Record<string, string>): Promise<Record<string, string>> {
    return { ...env, ...(await this.#session()) };
  }

  #problem(error: unknown): string {
    return `The environment of the login shell ${this.#shell()} could not be read: ${messageOf(error)}.`;
  }

  /** Returns what a login has before the shell's start-up files, and the folders that these usually add. */
  #fallback(): Record<string, string> {
    const start = this.#start();
    const home = this.#homeDir();
    const brew = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/opt/homebrew/sbin'] : [];
    const path = [...(start['PATH'] ?? '').split(':'), join(home, '.local/bin'), join(home, 'bin'), ...brew];
    return { LANG: 'C.UTF-8', ...clean(start), PATH: [...new Set(path)].join(':') };
  }
}

function ofThisProcess(): LoginEnvironment {
  const entries = Object.entries(clean(process.env)).filter(([name]) => !loader.test(name));
  return { env: Object.fromEntries(entries), source: 'process', capturedAt: null, problem: null };
}

function shellOfUser(): string {
  let shell: string | null = null;
  try {
    shell = userInfo().shell;
  } catch {
    // The user is in no database, as in some containers.
  }
  return shell !== null && shell !== '' && !/\/(?:nologin|false|sync)$/.test(shell) ? shell : '/bin/sh';
}

function clean(env: NodeJS.ProcessEnv): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !notThePersons.test(name));
  return Object.fromEntries(kept) as Record<string, string>;
}

function picked(env: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
