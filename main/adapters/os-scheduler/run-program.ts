import { execFile, type ExecFileException } from 'node:child_process';

/** More than any expected output, such as a crontab or a list of tasks. The program is ended beyond this limit. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20;

export interface CommandOptions {
  /** Written to stdin, which is then closed. If absent, stdin is empty. */
  readonly input?: string | Uint8Array;
  /** How stdout and stderr are decoded; `latin1` keeps every byte as one character. @default 'utf8' */
  readonly encoding?: 'utf8' | 'latin1' | 'utf16le';
  /** Added to this process's own environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** @default 30000 */
  readonly timeoutMs?: number;
}

export interface CommandResult {
  /** Null if the program could not be started, was killed or took too long; `failure` then says which. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly failure: string | null;
}

/** Runs one program without a shell. Never rejects: a failure is part of the result. */
export type CommandRunner = (file: string, args: readonly string[], options?: CommandOptions) => Promise<CommandResult>;

/**
 * Returns the runner that starts real programs. The locale is fixed, because this program parses the output. Uses
 * Node's `execFile`: a library with more features adds 20 ms to every short command.
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
      // A program that ends before it has read all its input has not failed; its exit code says whether it has.
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
  if (error.code === 'ENOENT') return `${file} could not be started: the program was not found`;
  if (error.code === 'ERR_CHILD_PROCESS_STDIO_MAXBUFFER') return `${file} wrote more than ${MAX_OUTPUT_BYTES} bytes`;
  if (typeof error.code === 'string') return `${file} could not be started: ${error.code}`;
  if (error.killed === true) return `${file} took too long and was ended`;
  return `${file} was ended by ${error.signal ?? 'an unknown signal'}`;
}

/** Returns the error output of a failed command, on one line. */
export function complaint(result: CommandResult): string {
  const said = result.stderr.trim() || result.stdout.trim();
  return (result.failure ?? (said || `it ended with status ${result.exitCode ?? 'unknown'}`)).replace(/\s+/g, ' ');
}
