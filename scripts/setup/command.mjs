// Runs other programs for the scripts, with limits, captured output, and errors that name the failed command.
import { spawn, spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { setPriority } from 'node:os';
import { delimiter, join } from 'node:path';

/** A command that could not start, failed, or exceeded its time limit. `output` holds its last output. */
export class CommandError extends Error {
  /**
   * @param {string} message
   * @param {string} output
   */
  constructor(message, output) {
    super(message);
    this.name = 'CommandError';
    this.output = output;
  }
}

/**
 * @typedef {object} CommandOptions
 * @property {string} [cwd]
 * @property {NodeJS.ProcessEnv} [env] The whole environment. Default: this process's.
 * @property {string} [input] What it reads on its standard input. Default: nothing.
 * @property {number} [limitMs] Ends the command after so long. Default: no limit.
 * @property {boolean} [quiet] Keeps its output, and shows it only in the error. Default: shown on stderr.
 * @property {number[]} [shared] Open files the command gets as its file descriptors 3, 4 and so on.
 */

/**
 * Runs a command to its end and returns its output. Throws CommandError unless it succeeds. Prints nothing to our
 * stdout, which is reserved for the script's own answer.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} [options]
 */
export const run = (command, args, options = {}) => {
  const standardInput = options.input === undefined ? 'ignore' : 'pipe';
  const result = spawnSync(command, args, {
    cwd: options.cwd,
    env: options.env ?? process.env,
    encoding: 'utf8',
    maxBuffer: 256 * 1024 * 1024,
    stdio: [
      standardInput,
      ...(options.quiet ? /** @type {const} */ (['pipe', 'pipe']) : [2, 2]),
      ...(options.shared ?? []),
    ],
    ...(options.input === undefined ? {} : { input: options.input }),
    shell: needsShell(command),
    ...(options.limitMs === undefined ? {} : { timeout: options.limitMs, killSignal: 'SIGKILL' }),
  });
  const output = `${result.stdout ?? ''}${result.stderr ?? ''}`;
  const line = [command, ...args].join(' ');
  if (result.error) throw new CommandError(`\`${line}\` could not be run: ${result.error.message}`, output);
  if (result.status !== 0) {
    throw new CommandError(`\`${line}\` failed with ${result.signal ?? `exit code ${result.status}`}.`, output);
  }
  return { stdout: result.stdout ?? '', stderr: result.stderr ?? '' };
};

/** How long a command may take to end after it was asked to, in ms. */
const endLimitMs = 20_000;

/** How far a background command steps back for others: 19 would all but stop it on a busy machine. */
const backgroundPriority = 10;

/**
 * @typedef {object} ForegroundOptions
 * @property {import('node:child_process').StdioOptions} [stdio] Default: our terminal.
 * @property {boolean} [background] Gives other programs precedence on a busy processor.
 */

/**
 * Runs a command in the foreground with the terminal, forwards the signals that would end this process, and resolves
 * with its exit code.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Pick<CommandOptions, 'cwd' | 'env' | 'limitMs'> & ForegroundOptions} [options]
 * @returns {Promise<number>}
 */
export const runInForeground = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      stdio: options.stdio ?? 'inherit',
      shell: needsShell(command),
    });
    if (options.background && child.pid !== undefined) setPriority(child.pid, backgroundPriority);
    /** @type {NodeJS.Timeout[]} */
    const timers = [];
    /** @param {NodeJS.Signals} signal */
    const end = (signal) => {
      child.kill(signal);
      timers.push(setTimeout(() => child.kill('SIGKILL'), endLimitMs));
    };
    const stopPassing = passSignalsOn(end);
    if (options.limitMs !== undefined) {
      const limit = options.limitMs;
      const tooLate = () => {
        console.error(`\`${command}\` did not end within ${Math.round(limit / 1000)} s and is stopped.`);
        end('SIGTERM');
      };
      timers.push(setTimeout(tooLate, limit));
    }
    const stop = () => {
      stopPassing();
      for (const timer of timers) clearTimeout(timer);
    };
    child.once('error', (error) => {
      stop();
      reject(new CommandError(`\`${command}\` could not be run: ${error.message}`, ''));
    });
    child.once('close', (code, signal) => {
      stop();
      resolve(code ?? 128 + (signal === 'SIGINT' ? 2 : signal === 'SIGTERM' ? 15 : 9));
    });
  });

/**
 * Passes signals that ask this process to end to `forward`, until the returned function is called.
 * @param {(signal: NodeJS.Signals) => void} forward
 */
export const passSignalsOn = (forward) => {
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
  for (const signal of signals) process.on(signal, forward);
  return () => {
    for (const signal of signals) process.off(signal, forward);
  };
};

/**
 * Returns the full path of a program on the PATH, or undefined.
 * @param {string} name
 * @param {string} [path] Default: this process's PATH with the system folders, which an ordinary user's PATH often
 * lacks.
 */
export const findProgram = (name, path = `${process.env['PATH'] ?? ''}${delimiter}/usr/sbin${delimiter}/sbin`) => {
  for (const folder of path.split(delimiter)) {
    const candidate = join(folder, name);
    try {
      accessSync(candidate, constants.X_OK);
      return candidate;
    } catch {
      continue; // not in this folder
    }
  }
  return undefined;
};

/** True if the scripts run as root (never on Windows). */
export const isRoot = () => process.getuid?.() === 0;

/**
 * True for npm and npx on Windows: they are .cmd files, which Node starts only through a shell (CVE-2024-27980).
 * @param {string} command
 */
const needsShell = (command) => process.platform === 'win32' && /^(npm|npx)$/.test(command);
