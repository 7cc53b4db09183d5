import { execFile, type ExecFileException } from 'node:child_process';

/** More than any answer that is meant: a crontab, a list of tasks. Beyond it the program is ended. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

export interface CommandOptions {
  /** Written to stdin, which is then closed. Without it stdin is empty. */
  readonly input?: string | Uint8Array;
  /** How stdout and stderr are read; `latin1` keeps every byte as one character. @default 'utf8' */
  readonly encoding?: 'utf8' | 'latin1' | 'utf16le';
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 30000 */
  readonly timeoutMs?: number;
}

export interface CommandResult {
  /** Null when the program could not be started, was killed or took too long; `failure` then says so. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: string | null;
}

/** Runs one program without a shell. Never rejects: a failure is an answer. */
export type CommandRunner = (file: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/**
 * The real thing. The locale is pinned because the answers are read by this program. Node's own `execFile`: a library
 * that does more costs every short command 20 ms to load and to call.
 */
export function createCommandRunner(): CommandRunner {
  return (file, args, options = {}) =>
    new Promise((resolve) => {
      const settings = {
        env: { ...process.env, LC_ALL: 'C', ...options.env },
        encoding: 'buffer',
        timeout: options.timeoutMs ?? 30_000,
        maxBuffer: MAX_OUTPUT_BYTES,
        windowsHide: true,
      } as const;
      const child = execFile(file, args, settings, (error, stdout, stderr) => {
        const text = (bytes: Buffer): string => bytes.toString(options.encoding ?? 'utf8');
        resolve({ ...ending(file, error), stdout: text(stdout), stderr: text(stderr) });
      });
      // A program that ends before it has read everything is no failure of ours: its exit code tells.
      child.stdin?.on('error', () => undefined);
      child.stdin?.end(options.input ?? '');
    });
}

function ending(file: string, error: ExecFileException | null): Pick<CommandResult, 'exitCode' | 'failure'> {
  if (error === null) return { exitCode: 0, failure: null };
  if (typeof error.code === 'number') return { exitCode: error.code, failure: null };
  return { exitCode: null, failure: failureOf(file, error) };
}

function failureOf(file: string, error: ExecFileException): string {
  if (error.code === 'ENOENT') return `${file} could not be started: there is no such program`;
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `${file} wrote more than ${MAX_OUTPUT_BYTES} bytes`;
  if (typeof error.code === 'string') return `${file} could not be started: ${error.code}`;
  if (error.killed === true) return `${file} took too long and was ended`;
  return `${file} was ended by ${error.signal ?? 'an unknown signal'}`;
}

/** What a failed command said, in one line. */
export function complaint(result: CommandResult): string {
  const said = result.stderr.trim() || result.stdout.trim();
  return (result.failure ?? (said || `it ended with status ${result.exitCode ?? 'unknown'}`)).replace(/\s+/g, ' ');
}
