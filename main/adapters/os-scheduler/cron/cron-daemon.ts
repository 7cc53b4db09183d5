import { readdirSync, readFileSync } from 'node:fs';

/** Names of the daemons: Debian and SUSE, Red Hat and Arch (cronie, busybox), fcron. */
const NAMES = new Set(['cron', 'crond', 'fcron', 'busybox-crond']);

/** Returns whether a cron daemon runs, or null if processes cannot be listed (no /proc). */
export function cronDaemonRuns(): boolean | null {
  let processes: string[];
  try {
    processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  return processes.some((pid) => NAMES.has(nameOf(pid)));
}

/** Returns the program's name; empty for a process that has ended or cannot be read. */
function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
