import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchedulerError } from '../../../domain/errors.ts';
import { complaint } from '../run-program.ts';
import type { CommandResult, CommandRunner } from '../run-program.ts';
import { replaceFile } from '../replace-file.ts';

/**
 * Task Scheduler, through `schtasks`. Its messages are in the system's language, so only exit codes, CSV and XML are
 * read.
 */
export class Schtasks {
  readonly #run: CommandRunner;

  constructor(run: CommandRunner) {
    this.#run = run;
  }

  /** Returns null if it answers, otherwise the reason. */
  async unavailable(): Promise<string | null> {
    return listProblem(await this.#list());
  }

  /** Returns the full names of all tasks. @throws SchedulerError `os/schtasks-refused` */
  async names(): Promise<string[]> {
    const result = await this.#list();
    const problem = listProblem(result);
    if (problem !== null) throw refused('schtasks /Query', problem, result);
    const names = decode(result.stdout)
      .split(/\r?\n/)
      .flatMap((line) => /^"((?:[^"]|"")*)"/.exec(line)?.[1] ?? []);
    // A task with several triggers has several lines.
    return [...new Set(names.map((name) => name.replaceAll('""', '"')))];
  }

  /**
   * Returns a task's XML, or null if the task does not exist.
   * @throws SchedulerError `os/schtasks-refused` if the query failed or answered with something else than XML, as Wine's
   *   `schtasks` does: that says neither that there is no such task, nor whose it is.
   */
  async xml(name: string): Promise<string | null> {
    const result = await this.#query('/TN', name, '/XML', 'ONE');
    if (result.exitCode !== 0) {
      // The exit code is the same whether the task does not exist or cannot be read.
      const all = await this.names();
      if (!all.some((each) => each.toLowerCase() === name.toLowerCase())) return null;
      throw refused(`schtasks /Query of the task ${name}`, complaint(result), result);
    }
    const text = decode(result.stdout);
    if (text.trimStart().startsWith('<')) return text;
    const answer = text.trim() === '' ? 'nothing' : `"${text.trim().slice(0, 200)}"`;
    const message = `schtasks /Query answered ${answer} instead of the XML of the task ${name}.`;
    throw new SchedulerError('os/schtasks-refused', message, { command: 'schtasks /Query', name });
  }

  /** Registers or replaces a task for the current person. @throws SchedulerError `os/schtasks-refused` */
  async create(name: string, xml: string): Promise<void> {
    const file = join(tmpdir(), `ncp-scheduler-${randomBytes(8).toString('hex')}.xml`);
    try {
      replaceFile(file, utf16(xml));
      assertDone(await this.#run('schtasks', ['/Create', '/TN', name, '/XML', file, '/F']), 'schtasks /Create');
    } finally {
      rmSync(file, { force: true });
    }
  }

  /** @throws SchedulerError `os/schtasks-refused` */
  async delete(name: string): Promise<void> {
    assertDone(await this.#run('schtasks', ['/Delete', '/TN', name, '/F']), 'schtasks /Delete');
  }

  /** Starts a task now. @throws SchedulerError `os/schtasks-refused` */
  async start(name: string): Promise<void> {
    assertDone(await this.#run('schtasks', ['/Run', '/TN', name]), 'schtasks /Run');
  }

  /** Ends a task; does nothing if it does not run, which Task Scheduler reports as an error on some versions. */
  async end(name: string): Promise<void> {
    await this.#run('schtasks', ['/End', '/TN', name]);
  }

  async #list(): Promise<CommandResult> {
    return this.#query('/FO', 'CSV', '/NH');
  }

  async #query(...args: string[]): Promise<CommandResult> {
    return this.#run('schtasks', ['/Query', ...args], { encoding: 'latin1' });
  }
}

/** Returns the encoding that the XML declares and `schtasks /XML` requires: little-endian with a byte order mark. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/**
 * Decodes the output: depending on the version, `schtasks` writes UTF-16 or the console's code page. For the code page,
 * the compared texts are ASCII (names, markers, triggers), and a command's path is compared as decoded here.
 */
function decode(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  const isUtf16 = bytes[0] === 0xff || (bytes.length > 1 && bytes[1] === 0);
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

/** Returns why an answer is no list of all tasks; null if it is one. Every Windows has tasks of its own. */
function listProblem(result: CommandResult): string | null {
  if (result.exitCode !== 0) return complaint(result);
  return result.stdout.trim() === '' ? 'it lists no tasks, not even those of Windows' : null;
}

function assertDone(result: CommandResult, command: string): void {
  if (result.exitCode !== 0) throw refused(command, complaint(result), result);
}

function refused(command: string, problem: string, { exitCode }: CommandResult): SchedulerError {
  return new SchedulerError('os/schtasks-refused', `${command} failed: ${problem}`, { command, exitCode });
}
