import { fstatSync } from 'node:fs';
import type { JournalLine, Supervisor } from '../../../ports/supervisor.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { complaint, type CommandResult, type CommandRunner } from '../run-program.ts';

export interface SystemdSupervisorOptions {
  readonly run: CommandRunner;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Device and inode of standard output, as in `JOURNAL_STREAM`. */
  readonly output: string;
}

/** Of syslog: errors and information. */
const [problem, information] = ['3', '6'];

/** Returns device and inode of a file descriptor. */
export function streamOf(descriptor: number): string {
  const { dev, ino } = fstatSync(descriptor);
  return `${dev}:${ino}`;
}

/**
 * Returns systemd, if it runs this process as a service. Node cannot send datagrams to a Unix socket, so two small
 * programs do: `systemd-notify`, and util-linux's `logger`, which takes fields on its standard input.
 */
export function systemdSupervisor({ run, env, output }: SystemdSupervisorOptions): Supervisor | null {
  const watchdogUs = Number(env['WATCHDOG_USEC'] ?? 0);
  const isWatched = env['NOTIFY_SOCKET'] !== undefined && watchdogUs > 0;
  // A program that a service starts inherits the variable, but perhaps not the output.
  const hasJournal = env['JOURNAL_STREAM'] === output;
  if (!isWatched && !hasJournal) return null;
  return {
    watchdogMs: isWatched ? watchdogUs / 1000 : null,
    alive: async () => assertDone('systemd-notify', await run('systemd-notify', ['WATCHDOG=1'])),
    record: async (line) => {
      if (hasJournal) assertDone('logger', await run('logger', ['--journald'], { input: journalText(line) }));
    },
  };
}

/** Each field is one line, so line ends become spaces. */
export function journalText({ message, isProblem, fields }: JournalLine): string {
  const all = { MESSAGE: message, PRIORITY: isProblem ? problem : information, ...fields };
  return Object.entries({ SYSLOG_IDENTIFIER: 'ncp-scheduler', ...all })
    .map(([name, value]) => `${name}=${value.replaceAll(/[\r\n\0]+/g, ' ')}\n`)
    .join('');
}

function assertDone(program: string, result: CommandResult): void {
  if (result.exitCode !== 0) throw new SchedulerError('os/service-refused', `${program} failed: ${complaint(result)}`);
}
