import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Path of the built command line. The process level of tests builds it first. */
export const headless =
  process.env['NCP_TEST_HEADLESS'] ?? resolve(import.meta.dirname, '../../out/headless/headless.js');

export interface CommandLineRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface BuiltCommandLine {
  /** Path of the script that Node runs. */
  readonly program: string;
  readonly dataDir: string;
  /** The home directory of the person, and the parent of the data directory. */
  readonly home: string;
  /** Environment of every command: without the OS scheduler and the settings of the person who runs the test. */
  readonly env: Readonly<Record<string, string>>;
  start(...argv: readonly string[]): ChildProcessWithoutNullStreams;
  run(...argv: readonly string[]): Promise<CommandLineRun>;
  /** Runs a command with `--json` and returns its JSON document, whatever its exit code. */
  json(...argv: readonly string[]): Promise<CommandLineRun & { readonly answer: Record<string, unknown> }>;
  dispose(): void;
}

/** Returns the command line as it ships, in plain Node, with a new temporary home and data directory. */
export function builtCommandLine(
  config: Readonly<Record<string, unknown>> = {},
  program: string = headless,
): BuiltCommandLine {
  const home = mkdtempSync(join(tmpdir(), 'ncp-cli-'));
  const dataDir = join(home, 'data');
  mkdirSync(dataDir, { mode: 0o700 });
  writeFileSync(join(dataDir, 'config.json'), JSON.stringify({ osScheduler: 'in-process', ...config }));
  const env = { PATH: process.env['PATH'] ?? '', HOME: home, TZ: 'UTC', NCP_SCHEDULER_DIR: dataDir };
  const start = (...argv: readonly string[]) => spawn(process.execPath, [program, ...argv], { env });
  const run = async (...argv: readonly string[]) => finished(start(...argv));
  return {
    program,
    dataDir,
    home,
    env,
    start,
    run,
    json: async (...argv) => {
      const ended = await run(...argv, '--json');
      return { ...ended, answer: parseDocument(argv, ended) };
    },
    dispose: () => rmSync(home, { recursive: true, force: true, maxRetries: 3 }),
  };
}

/** Closes the standard input of a process, and collects its output until it has exited and its pipes are drained. */
export async function finished(child: ChildProcessWithoutNullStreams): Promise<CommandLineRun> {
  const [stdout, stderr]: Buffer[][] = [[], []];
  child.stdout.on('data', (chunk: Buffer) => stdout?.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => stderr?.push(chunk));
  child.stdin.end();
  const code = await new Promise<number | null>((settle, reject) => {
    child.once('error', reject);
    child.once('close', settle);
  });
  return { code, stdout: Buffer.concat(stdout ?? []).toString(), stderr: Buffer.concat(stderr ?? []).toString() };
}

function parseDocument(argv: readonly string[], { stdout, stderr, code }: CommandLineRun): Record<string, unknown> {
  try {
    return JSON.parse(stdout) as Record<string, unknown>;
  } catch {
    throw new Error(`${argv.join(' ')} (exit code ${code}) did not answer one JSON document: ${stdout}\n${stderr}`);
  }
}
