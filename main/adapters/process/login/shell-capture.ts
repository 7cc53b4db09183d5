import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { basename } from 'node:path';
import { sendSignal } from '../signal-all.ts';

const MAX_OUTPUT_BYTES = 4 * 1024 * 1024;
/** Set while the shell starts, so that start-up files can skip slow or interactive steps. */
const CAPTURING = 'NCP_RESOLVING_ENVIRONMENT';

export interface ShellCapture {
  /** The shell's program. */
  readonly shell: string;
  /** The environment with which the shell starts, and nothing else. */
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly timeLimitMs: number;
}

/**
 * Starts a login shell and returns its environment. Start-up files may print anything, so the environment is printed
 * between two unique marks.
 * @throws Error with the reason, for people.
 */
export async function captureShell(capture: ShellCapture): Promise<Record<string, string>> {
  const mark = randomUUID();
  // csh and tcsh accept -l only alone; macOS before 13 lacks `env -0`, and values with line ends are then split.
  const login = /^t?csh$/.test(basename(capture.shell)) ? ['-i', '-c'] : ['-l', '-i', '-c'];
  const line = `/usr/bin/env printf ${mark}; /usr/bin/env -0 || /usr/bin/env; /usr/bin/env printf ${mark}`;
  const output = await outputOf(capture, [...login, line]);
  const [, found] = output.split(mark);
  if (found === undefined) throw new Error('it did not run the command that prints the environment');
  const env = parseEnvironment(found);
  if (env['PATH'] === undefined) throw new Error('it has no PATH');
  return env;
}

function outputOf({ shell, env, cwd, timeLimitMs }: ShellCapture, args: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    // In its own session: an interactive shell would otherwise compete for the terminal that started this process.
    const child = spawn(shell, args, {
      env: { ...env, [CAPTURING]: '1' },
      cwd,
      stdio: ['ignore', 'pipe', 'ignore'],
      detached: true,
    });
    const chunks: Buffer[] = [];
    let size = 0;
    const kill = () => {
      if (child.pid !== undefined) sendSignal(-child.pid, 'SIGKILL');
    };
    // A start-up file that hangs must not outlive a process that does not wait for it.
    process.once('exit', kill);
    const end = (problem: Error | null) => {
      clearTimeout(timer);
      process.removeListener('exit', kill);
      kill();
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
