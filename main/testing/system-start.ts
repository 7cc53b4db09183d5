import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { finished } from './built-command-line.ts';
import type { CommandLineRun } from './built-command-line.ts';

/** Hides the crontabs, the jobs and the running daemon of the machine, then starts a cron daemon and the command. */
const withCron = `
mount --bind "$1/spool" /var/spool/cron/crontabs &&
mount --bind "$1/none" /etc/crontab && mount --bind "$1/jobs" /etc/cron.d && mount -t tmpfs tmpfs /run || exit 99
shift
cron -f & daemon=$!
"$@"
code=$?
kill $daemon
wait $daemon 2> /dev/null
exit $code
`;

/** Makes the folder whose crontabs stay from one start to the next. */
export function makeCrontabs(folder: string): void {
  for (const name of ['spool', 'jobs']) mkdirSync(join(folder, name));
  // As Debian has it: cron does not read the files of a folder that others can change.
  chmodSync(join(folder, 'spool'), 0o1730);
  writeFileSync(join(folder, 'none'), '');
}

const namespaces = ['--mount', '--pid', '--fork', '--mount-proc', '--kill-child'];

/** Returns why the system cannot be started again for a test; null if it can. */
export async function noNewStart(): Promise<string | null> {
  if (process.getuid?.() !== 0) return 'needs root';
  const look = ['sh', '-c', 'command -v cron && test -d /var/spool/cron/crontabs'];
  const { code, stderr } = await finished(
    spawn('unshare', [...namespaces, ...look], { env: { ...process.env } }),
  ).catch((error: Error) => ({ code: null, stderr: error.message }));
  return code === 0 ? null : `needs namespaces and Debian's cron: ${stderr}`;
}

/**
 * Runs a command after a start of the system, which is a first process of its own and a cron daemon that has just started, as
 * in a container. Root only.
 * @param folder made by `makeCrontabs`
 */
export function inNewStart(
  folder: string,
  env: Readonly<Record<string, string>>,
  command: readonly string[],
): Promise<CommandLineRun> {
  return finished(spawn('unshare', [...namespaces, 'sh', '-c', withCron, 'sh', folder, ...command], { env }));
}
