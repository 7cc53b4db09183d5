import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { FoundJobs } from '../../../ports/other-schedulers.ts';
import { namesIn, readIfThere } from '../files.ts';
import type { ReadingContext } from '../reading/reading.ts';
import { anacronJobs } from './anacron-jobs.ts';
import { badName, debianName, folderJobs } from './cron-folder-jobs.ts';
import { crontabJobs } from './crontab-jobs.ts';
import type { CronTable } from './crontab-jobs.ts';
import { Gathered } from './reading.ts';

export interface CronOptions {
  /** Returns the person's crontab, or null if there is none. @throws SchedulerError `os/crontab-unreadable` */
  readonly crontab: () => Promise<string | null>;
  /** Returns whether a cron daemon runs; null if that is not known. */
  readonly daemonRuns: () => boolean | null;
  /** @default '/', another folder for tests */
  readonly root?: string;
}

/** Finds the jobs of cron: the person's crontab, the system's tables, and the folders that they run. */
export async function cronJobs(options: CronOptions, context: ReadingContext): Promise<FoundJobs> {
  const { root = '/', daemonRuns } = options;
  const found = new Gathered();
  const stopped = daemonRuns() === false ? 'No cron daemon runs on this machine.' : null;
  await addPersonal(found, options, stopped, context);
  const isDebian = existsSync(join(root, 'etc/debian_version'));
  const tables = systemTables(found, { root, isDebian, stopped });
  const lines = tables.flatMap((table) => {
    const jobs = found.attempt(table.place, table.path ?? '', () => crontabJobs(table, context)) ?? [];
    found.add(table.place, table.path ?? '', jobs);
    return jobs;
  });
  // Debian's crontab runs these folders only where anacron is not installed.
  folderJobs(found, { root, isDebian, lines: [...anacronJobs(found, root), ...lines] });
  return found;
}

async function addPersonal(
  found: Gathered,
  { crontab }: CronOptions,
  stopped: string | null,
  context: ReadingContext,
): Promise<void> {
  try {
    const text = (await crontab()) ?? '';
    found.add('crontab', 'crontab', crontabJobs({ place: 'crontab', path: null, text, stopped }, context));
  } catch (problem) {
    found.attempt('crontab', 'crontab -l', () => {
      throw problem;
    });
  }
}

interface Tables {
  readonly root: string;
  readonly isDebian: boolean;
  readonly stopped: string | null;
}

function systemTables(found: Gathered, { root, isDebian, stopped }: Tables): CronTable[] {
  const folder = join(root, 'etc/cron.d');
  const names = found.attempt('system-crontab', folder, () => namesIn(folder)) ?? [];
  const shown = names.filter((name) => !name.startsWith('.')).map((name) => join(folder, name));
  return [join(root, 'etc/crontab'), ...shown].flatMap((path) => {
    const text = found.attempt('system-crontab', path, () => readIfThere(path));
    if (text === null) return [];
    const ignored = isDebian && !debianName.test(basename(path)) ? `cron passes over this file: ${badName}` : null;
    return [{ place: 'system-crontab' as const, path, text, stopped: stopped ?? ignored }];
  });
}
