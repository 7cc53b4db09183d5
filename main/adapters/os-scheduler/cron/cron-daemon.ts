import { readdirSync, readFileSync } from 'node:fs';

/** What the daemons are called: Debian and SUSE, Red Hat and Arch (cronie, busybox), fcron. */
const NAMES = new Set(['cron', 'crond', 'fcron', 'busybox-crond']);

/** Whether a cron daemon runs here. Null where processes cannot be listed (no /proc). */
export function cronDaemonRuns(): boolean | null {
  let processes: string[];
  try {
    processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return null;
  }
  return processes.some((pid) => NAMES.has(nameOf(pid)));
}

/** Empty for a process that ended meanwhile or may not be looked at. */
function nameOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
  } catch {
    return '';
  }
}
