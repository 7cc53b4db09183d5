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
 * @property {string} [input] The command's standard input. Default: none.
 * @property {number} [limitMs] Kills the command after this time. Default: no limit.
 * @property {boolean} [quiet] Captures the output instead of showing it on stderr; CommandError holds it.
 * @property {number[]} [shared] Open files that the command gets as its file descriptors 3, 4 and so on.
 */

/**
 * Runs a command until it exits and returns its output. Throws CommandError unless it succeeds. Never prints to stdout,
 * which is reserved for the script's own output.
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

/** How long a command may take to exit after a signal before it is killed, in ms. */
const endLimitMs = 20_000;

/** The niceness of a background command. 19 would almost stop it on a busy machine. */
const backgroundPriority = 10;

/**
 * @typedef {object} ForegroundOptions
 * @property {import('node:child_process').StdioOptions} [stdio] Default: inherited from this process.
 * @property {boolean} [background] Gives other programs precedence on a busy processor.
 */

/**
 * Runs a command in the foreground of the terminal, forwards the signals that would end this process, and resolves with
 * the exit code of the command.
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
        console.error(`\`${command}\` did not exit within ${Math.round(limit / 1000)} s. Stopping it.`);
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
 * Forwards SIGINT, SIGTERM and SIGHUP to `forward` until the returned function is called.
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

/** Returns true if the scripts run as root (never on Windows). */
export const isRoot = () => process.getuid?.() === 0;

/**
 * Returns true for npm and npx on Windows, .cmd files that Node starts only through a shell (CVE-2024-27980).
 * @param {string} command
 */
const needsShell = (command) => process.platform === 'win32' && /^(npm|npx)$/.test(command);
