import { join } from 'node:path';
import type { OpenOptions, Scheduler } from './api/scheduler-types.ts';

/**
 * What the npm package `ncp-scheduler` exports to programs: opens the scheduler of a data directory.
 * @throws SchedulerError `store/…` if the directory cannot be used
 */
export async function openScheduler(options: OpenOptions = {}): Promise<Scheduler> {
  const { openSchedulerFor } = await import('./start/npm/open-scheduler.ts');
  const folder = import.meta.dirname;
  return openSchedulerFor(options, { script: join(folder, 'headless.js'), worker: join(folder, 'worker.js') });
}
