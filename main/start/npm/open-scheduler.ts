import { createApplication } from '../../application/create-application.ts';
import { schedulerOver } from '../../api/scheduler-over.ts';
import type { OpenOptions, Scheduler } from '../../api/scheduler-types.ts';
import { ForkHost } from '../../adapters/process/fork-host.ts';
import { openOutside } from '../outside.ts';
import { stderrLogger } from '../stderr-logger.ts';
import { version } from '../version.ts';

export interface SchedulerFiles {
  /** Absolute path of the command line's script. OS entries call it. */
  readonly script: string;
  /** Absolute path of the worker's script. */
  readonly worker: string;
}

/**
 * Opens the scheduler of a data directory for a program.
 * @throws SchedulerError `store/…`
 */
export function openSchedulerFor({ dataDir, author = 'api' }: OpenOptions, files: SchedulerFiles): Scheduler {
  const { execPath, platform } = process;
  const outside = openOutside({
    dataDir: dataDir ?? null,
    version,
    executable: { execPath, appImage: undefined, script: files.script, platform },
    logger: stderrLogger(),
    workers: async () => new ForkHost(files.worker),
  });
  return schedulerOver(createApplication(outside), author);
}
