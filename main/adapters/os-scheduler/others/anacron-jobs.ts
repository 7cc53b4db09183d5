import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { dayMs } from '../../../domain/durations.ts';
import type { FoundJob } from '../../../ports/other-schedulers.ts';
import { readIfThere } from '../files.ts';
import { shownOriginal } from './reading.ts';
import type { Gathered } from './reading.ts';

const ENTRY = /^\s*(\d+|@\w+)\s+(\d+)\s+(\S+)\s+(\S.*)$/;
const named: Readonly<Record<string, number>> = { '@daily': 1, '@weekly': 7, '@monthly': 31, '@yearly': 366 };

/**
 * Returns the jobs of anacron (`man 5 anacrontab`), which runs what a machine missed that is off at night. Its stamp
 * files tell when each last ended, and no result. Empty if anacron is not installed.
 */
export function anacronJobs(found: Gathered, root: string): FoundJob[] {
  const isInstalled = ['usr/sbin/anacron', 'sbin/anacron'].some((path) => existsSync(join(root, path)));
  const path = join(root, 'etc/anacrontab');
  const text = isInstalled ? found.attempt('system-crontab', path, () => readIfThere(path)) : null;
  const jobs = (text ?? '').split('\n').flatMap((line, index) => {
    const [, period = '', delay = '', id = '', command = ''] = ENTRY.exec(line) ?? [];
    const days = named[period] ?? Number(period);
    if (command === '' || !(days > 0)) return [];
    const stamp = join(root, 'var/spool/anacron', id);
    // Only root can read the stamp, but everybody can see when it was written.
    const ended = found.attempt('system-crontab', stamp, () => statSync(stamp, { throwIfNoEntry: false }));
    const endedMs = ended === undefined || ended === null ? null : Math.floor(ended.mtimeMs);
    const job: FoundJob = {
      place: 'system-crontab',
      source: `${path}, line ${index + 1}`,
      name: id,
      command,
      runsAs: 'root',
      schedules: [],
      trigger: `${days === 1 ? 'Every day' : `Every ${days} days`} on which the machine is on`,
      written: `${period} ${delay}`,
      original: shownOriginal(line.trim()),
      nextMs: endedMs === null ? null : endedMs + days * dayMs,
      watchedFromMs: null,
      graceMs: dayMs,
      last: { atMs: endedMs, result: 'unknown', detail: 'anacron does not record results' },
      stopped: null,
    };
    return [job];
  });
  found.add('system-crontab', path, jobs);
  return jobs;
}
