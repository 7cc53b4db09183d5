import { homedir } from 'node:os';
import { join } from 'node:path';
import { messageOf } from '../../../domain/errors.ts';
import type { LoginEnvironment, LoginShell } from '../../../ports/login-shell.ts';
import { readCapture, storable, writeCapture, type StoredCapture } from './environment-file.ts';
import { initialEnvironment, systemFiles as machineFiles } from './initial-environment.ts';
import { personVariables, shellOfUser, variablesOfThisProcess } from './person-variables.ts';
import { sessionVariables, withoutSession } from './session-variables.ts';
import { captureShell } from './shell-capture.ts';
import { furtherFiles, haveChanged, presentStates, startUpFiles, type StartUpFiles } from './start-up-files.ts';

/** Limit for start-up files that ask a question or hang, in ms. Slow ones (nvm, conda) take two or three seconds. */
const TIME_LIMIT_MS = 10_000;
/** How long a process does not ask again a shell that failed, in ms. */
const ASK_AGAIN_MS = 300_000;

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
  /** True for a command that only reads: nothing is stored, and a stored environment is shown as it is. @default false */
  readonly reads?: boolean;
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

type Captured = Pick<StoredCapture, 'capturedAt'> & {
  readonly env: Record<string, string>;
  readonly files: StartUpFiles;
};

/**
 * The person's login shell, so that a task sees the same environment whether it was started by hand, by the app or by
 * the OS scheduler (docs/architecture.md, decision D10). The shell starts as login(1) would start it, so nothing comes
 * from the calling program. Its environment is stored in a file, and captured again if the shell or what it reads has
 * changed. Values that look like secrets stay in the memory of a process: the next process asks the shell for them.
 */
export class CapturedLoginShell implements LoginShell {
  readonly #options: LoginEnvironmentOptions;
  readonly #session: () => Promise<Readonly<Record<string, string>>>;
  readonly #now: () => number;
  #secrets: Promise<HeldSecrets> | null = null;
  #refreshing: Promise<LoginEnvironment> | null = null;
  /** The last failure of a shell whose environment was never captured. */
  #failure: { readonly atMs: number; readonly files: StartUpFiles; readonly problem: string } | null = null;

  constructor(options: LoginEnvironmentOptions) {
    this.#options = options;
    this.#session = options.session ?? sessionVariables();
    this.#now = options.now ?? Date.now;
  }

  async captured(): Promise<LoginEnvironment> {
    return this.renew(Number.POSITIVE_INFINITY);
  }

  async renew(maxAgeMs: number): Promise<LoginEnvironment> {
    if (process.platform === 'win32') return ofThisProcess();
    const stored = await readCapture(this.#options.cachePath);
    if (stored === null) return (await this.#knownFailure(maxAgeMs)) ?? this.refresh();
    if (this.#options.reads !== true && (await this.#isOld(stored, maxAgeMs))) return this.refresh();
    return this.#asStored(stored, stored.failed?.problem ?? null);
  }

  async present(): Promise<LoginEnvironment> {
    if (process.platform === 'win32') return ofThisProcess();
    try {
      const { env, capturedAt } = await this.#capture();
      return { env: await this.#withSession(env), source: 'login-shell', capturedAt, problem: null };
    } catch (error) {
      return this.#defaults(this.#problem(error));
    }
  }

  /** Runs that start together wait for one shell. */
  refresh(): Promise<LoginEnvironment> {
    if (process.platform === 'win32') return Promise.resolve(ofThisProcess());
    if (this.#options.reads === true) return this.present();
    this.#refreshing ??= this.#refresh().finally(() => (this.#refreshing = null));
    return this.#refreshing;
  }

  async #refresh(): Promise<LoginEnvironment> {
    const files = await startUpFiles(this.#question());
    try {
      let captured = await this.#capture();
      // Saved while the shell read it. Only once more: a start-up file may also write itself at each start.
      if (await haveChanged(files)) captured = await this.#capture();
      const further = await furtherFiles(this.#question(), files, captured.env);
      const problem = await this.#keep({ ...captured, files: { ...further, ...(await presentStates(files)) } });
      const { env, capturedAt } = captured;
      return { env: await this.#withSession(env), source: 'login-shell', capturedAt, problem };
    } catch (error) {
      return this.#keepOld(this.#problem(error));
    }
  }

  async #keep({ env, capturedAt, files }: Captured): Promise<string | null> {
    const kept = { shell: this.#shell(), capturedAt, ...storable(env), files };
    const values = picked(env, kept.secret);
    this.#secrets = Promise.resolve({ capturedAt, askedMs: this.#now(), values, problem: null });
    return writeCapture(this.#options.cachePath, kept);
  }

  /** Continues with the stored environment, and does not start the shell again until a file changes once more. */
  async #keepOld(reason: string): Promise<LoginEnvironment> {
    const stored = await readCapture(this.#options.cachePath);
    if (stored === null) {
      const files = await startUpFiles(this.#question());
      this.#failure = { atMs: this.#now(), files, problem: reason };
      return this.#defaults(reason);
    }
    const problem = `${reason} Tasks keep the environment that was captured at ${stored.capturedAt}.`;
    const failed = { at: this.#nowIso(), problem };
    const written = await writeCapture(this.#options.cachePath, {
      ...{ ...stored, shell: this.#shell(), failed },
      files: await presentStates(stored.files ?? (await startUpFiles(this.#question()))),
    });
    await this.#holdNoSecrets(stored, reason);
    return this.#asStored(stored, written === null ? problem : `${problem} ${written}`);
  }

  /** Returns the defaults if the shell has failed a short time ago, and nothing has changed since. */
  async #knownFailure(maxAgeMs: number): Promise<LoginEnvironment | null> {
    if (this.#failure === null) return null;
    const { atMs, files, problem } = this.#failure;
    const isRecent = this.#now() - atMs < Math.min(maxAgeMs, ASK_AGAIN_MS);
    return isRecent && !(await haveChanged(files)) ? this.#defaults(problem) : null;
  }

  async #asStored(stored: StoredCapture, ownProblem: string | null): Promise<LoginEnvironment> {
    const { values, problem } = await this.#secretsOf(stored);
    const { env, capturedAt } = stored;
    const problems = [ownProblem, problem].filter((text) => text !== null);
    return {
      env: await this.#withSession({ ...env, ...values }),
      source: 'cache',
      capturedAt,
      problem: problems.length === 0 ? null : problems.join(' '),
    };
  }

  async #isOld(stored: StoredCapture, maxAgeMs: number): Promise<boolean> {
    const lastMs = Date.parse(stored.failed?.at ?? stored.capturedAt);
    // A clock that was set back must not stop the renewal until it has caught up.
    if (Math.abs(this.#now() - lastMs) >= maxAgeMs) return true;
    if (stored.shell !== this.#shell() || stored.files === undefined) return true;
    return haveChanged(stored.files);
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

  async #askSecrets(stored: StoredCapture): Promise<HeldSecrets> {
    try {
      const { env } = await this.#capture();
      const values = picked(env, stored.secret);
      return { capturedAt: stored.capturedAt, askedMs: this.#now(), values, problem: null };
    } catch (error) {
      return this.#noSecrets(stored, this.#problem(error));
    }
  }

  /** A shell that has just failed is not started a second time for the secrets. */
  async #holdNoSecrets(stored: StoredCapture, reason: string): Promise<void> {
    if ((await this.#secrets)?.capturedAt === stored.capturedAt) return;
    this.#secrets = Promise.resolve(this.#noSecrets(stored, reason));
  }

  #noSecrets({ capturedAt, secret }: StoredCapture, reason: string): HeldSecrets {
    const problem = `${reason} Tasks run without these variables: ${secret.join(', ')}.`;
    return { capturedAt, askedMs: this.#now(), values: {}, problem };
  }

  async #capture(): Promise<Omit<Captured, 'files'>> {
    const { timeLimitMs = TIME_LIMIT_MS } = this.#options;
    const cwd = this.#homeDir();
    const env = await captureShell({ shell: this.#shell(), env: this.#start(), cwd, timeLimitMs });
    return { env: withoutSession(personVariables(env)), capturedAt: this.#nowIso() };
  }

  #question() {
    return { shell: this.#shell(), homeDir: this.#homeDir(), systemFiles: this.#options.systemFiles ?? machineFiles };
  }

  #start(): Record<string, string> {
    return initialEnvironment(this.#question());
  }

  #homeDir(): string {
    return this.#options.homeDir ?? homedir();
  }

  #shell(): string {
    return this.#options.shell ?? shellOfUser();
  }

  #nowIso(): string {
    return new Date(this.#now()).toISOString();
  }

  async #withSession(env: Record<string, string>): Promise<Record<string, string>> {
    return { ...env, ...(await this.#session()) };
  }

  #problem(error: unknown): string {
    return `The environment of the login shell ${this.#shell()} could not be read: ${messageOf(error)}.`;
  }

  /** Returns what a login has before the shell's start-up files, and the folders that these usually add. */
  async #defaults(problem: string): Promise<LoginEnvironment> {
    const start = this.#start();
    const home = this.#homeDir();
    const brew = process.platform === 'darwin' ? ['/opt/homebrew/bin', '/opt/homebrew/sbin'] : [];
    const path = [...(start['PATH'] ?? '').split(':'), join(home, '.local/bin'), join(home, 'bin'), ...brew];
    const env = { LANG: 'C.UTF-8', ...personVariables(start), PATH: [...new Set(path)].join(':') };
    return { env: await this.#withSession(env), source: 'fallback', capturedAt: null, problem };
  }
}

function ofThisProcess(): LoginEnvironment {
  return { env: variablesOfThisProcess(), source: 'process', capturedAt: null, problem: null };
}

function picked(env: Readonly<Record<string, string>>, names: readonly string[]): Record<string, string> {
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])));
}
