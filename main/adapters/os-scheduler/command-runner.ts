import { execa } from 'execa';

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

/** The real thing. The locale is pinned because the answers are read by this program. */
export function createCommandRunner(): CommandRunner {
  return async (file, args, options = {}) => {
    const result = await execa(file, [...args], {
      env: { LC_ALL: 'C', ...options.env },
      input: options.input ?? '',
      encoding: options.encoding ?? 'utf8',
      reject: false,
      stripFinalNewline: false,
      timeout: options.timeoutMs ?? 30_000,
      windowsHide: true,
    });
    const failure = result.exitCode === undefined ? (result.shortMessage ?? 'it could not be started') : null;
    return { exitCode: result.exitCode ?? null, stdout: result.stdout, stderr: result.stderr, failure };
  };
}

/** What a failed command said, in one line. */
export function complaint(result: CommandResult): string {
  const said = result.stderr.trim() || result.stdout.trim();
  return (result.failure ?? (said || `it ended with status ${result.exitCode ?? 'unknown'}`)).replace(/\s+/g, ' ');
}
