import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';
import { join } from 'node:path';
import type { FoundJob } from '../../../ports/other-schedulers.ts';
import { namesIn, readIfThere } from '../files.ts';
import { shownOriginal } from './reading.ts';
import type { Gathered } from './reading.ts';

interface Runners {
  readonly root: string;
  readonly isDebian: boolean;
  /** The lines of the system's crontabs and of anacron. The first that runs a folder counts. */
  readonly lines: readonly FoundJob[];
}

/** Debian's cron and run-parts pass over files whose names have other characters, such as a dot (`man 8 run-parts`). */
export const debianName = /^[A-Za-z0-9_-]+$/;
export const badName = 'its name has a character other than letters, digits, "_" and "-".';

const folders = ['cron.hourly', 'cron.daily', 'cron.weekly', 'cron.monthly'];

/** Adds the scripts of the folders that a line of the system's crontab, or of anacron, runs one after the other. */
export function folderJobs(found: Gathered, runners: Runners): void {
  for (const name of folders) {
    const folder = join(runners.root, 'etc', name);
    const runner = runners.lines.find(({ command }) => new RegExp(`/etc/${name}(?![\\w.])`).test(command ?? ''));
    const names = found.attempt('cron-folder', folder, () => namesIn(folder)) ?? [];
    const jobs = names.flatMap((file) => {
      if (file.startsWith('.')) return [];
      const path = join(folder, file);
      const read = () => scriptJob(path, file, runner, runners);
      return found.attempt('cron-folder', path, read) ?? [];
    });
    found.add('cron-folder', folder, jobs);
  }
}

function scriptJob(path: string, name: string, runner: FoundJob | undefined, runners: Runners): FoundJob | null {
  const stats = statSync(path);
  if (!stats.isFile()) return null;
  const ignored = ignoredBecause(name, stats, runners);
  return {
    place: 'cron-folder',
    source: path,
    name,
    command: path,
    runsAs: runner?.runsAs ?? 'root',
    schedules: runner?.schedules ?? [],
    trigger: runner === undefined ? 'Never' : runner.trigger,
    written: runner?.original ?? path,
    original: shownOriginal(readIfThere(path) ?? ''),
    nextMs: runner === undefined ? null : runner.nextMs,
    watchedFromMs: null,
    graceMs: runner?.graceMs ?? 0,
    last: runner?.last ?? { atMs: null, result: 'unknown', detail: 'cron does not record results' },
    stopped: ignored ?? (runner === undefined ? 'No line of the system’s crontab runs this folder.' : runner.stopped),
  };
}

function ignoredBecause(name: string, stats: Stats, { isDebian }: Runners): string | null {
  if (isDebian && !debianName.test(name)) return `run-parts passes over this file: ${badName}`;
  return (stats.mode & 0o111) === 0 ? 'run-parts passes over this file: it is not executable.' : null;
}
