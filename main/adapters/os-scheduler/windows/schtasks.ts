import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SchedulerError } from '../../../domain/errors.ts';
import { complaint } from '../command-runner.ts';
import type { CommandResult, CommandRunner } from '../command-runner.ts';
import { replaceFile } from '../replace-file.ts';

/** Task Scheduler, by `schtasks`. Its texts are translated into the system's language: only exit codes, CSV and XML are read. */
export class Schtasks {
  readonly #run: CommandRunner;

  constructor(run: CommandRunner) {
    this.#run = run;
  }

  /** Null when it answers, otherwise why not. */
  async unavailable(): Promise<string | null> {
    const result = await this.#query('/FO', 'CSV', '/NH');
    return result.exitCode === 0 ? null : complaint(result);
  }

  /** The full names of all tasks. @throws SchedulerError `os/schtasks-refused` */
  async names(): Promise<string[]> {
    const result = await this.#query('/FO', 'CSV', '/NH');
    assertDone(result, 'schtasks /Query');
    const names = decode(result.stdout)
      .split(/\r?\n/)
      .flatMap((line) => /^"((?:[^"]|"")*)"/.exec(line)?.[1] ?? []);
    // A task with several triggers has several lines.
    return [...new Set(names.map((name) => name.replaceAll('""', '"')))];
  }

  /** A task's XML, or null where there is no such task. */
  async xml(name: string): Promise<string | null> {
    const result = await this.#query('/TN', name, '/XML', 'ONE');
    return result.exitCode === 0 ? decode(result.stdout) : null;
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

  async #query(...args: string[]): Promise<CommandResult> {
    return this.#run('schtasks', ['/Query', ...args], { encoding: 'latin1' });
  }
}

/** The encoding that the XML declares and `schtasks /XML` wants: little-endian with a byte order mark. */
export function utf16(text: string): Buffer {
  return Buffer.from(`\uFEFF${text}`, 'utf16le');
}

/**
 * Depending on the version, `schtasks` writes UTF-16 or the console's code page. What is compared of the latter is ASCII:
 * names, markers and triggers; a command's path is compared in whatever it was made of.
 */
function decode(latin1: string): string {
  const bytes = Buffer.from(latin1, 'latin1');
  const isUtf16 = bytes[0] === 0xff || (bytes.length > 1 && bytes[1] === 0);
  return bytes.toString(isUtf16 ? 'utf16le' : 'utf8').replace(/^\uFEFF/, '');
}

function assertDone(result: CommandResult, command: string): void {
  if (result.exitCode === 0) return;
  throw new SchedulerError('os/schtasks-refused', `${command} failed: ${complaint(result)}`, {
    command,
    exitCode: result.exitCode,
  });
}
