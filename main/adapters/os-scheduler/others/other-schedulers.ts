import type { FoundJobs, OtherSchedulers } from '../../../ports/other-schedulers.ts';
import type { ReadingContext } from '../reading/reading.ts';
import type { CommandRunner } from '../run-program.ts';
import type { ProgramPerson } from '../agent-schedules/schedule-program.ts';
import { agentJobs } from './agent-jobs.ts';
import { cronJobs } from './cron-tables.ts';
import { launchdJobs } from './launchd-jobs.ts';
import { systemdJobs } from './systemd-jobs.ts';
import { windowsJobs } from './windows-jobs.ts';

export interface OtherSchedulersOptions {
  /** Node's name of the system. */
  readonly platform: string;
  readonly run: CommandRunner;
  readonly context: () => ReadingContext;
  /** Returns the person's crontab, or null if there is none. @throws SchedulerError `os/crontab-unreadable` */
  readonly crontab: () => Promise<string | null>;
  /** Returns XML by the name of the task. @throws SchedulerError `os/schtasks-refused` */
  readonly windowsTasks: () => Promise<ReadonlyMap<string, string>>;
  /** Returns whether a cron daemon runs; null if that is not known. */
  readonly daemonRuns: () => boolean | null;
  /** The person's numeric id; null on Windows. */
  readonly uid: number | null;
  /** `XDG_RUNTIME_DIR`; null if the environment has none. */
  readonly runtimeDir: string | null;
  /** The person whose AI agents are looked at. */
  readonly agentsOf: ProgramPerson;
  /** The folder that holds `etc`, `var` and `Library`. @default '/' */
  readonly root?: string;
}

/** Reads the schedulers that a system of this platform can have, all at the same time. */
export function createOtherSchedulers(options: OtherSchedulersOptions): OtherSchedulers {
  return {
    find: async () => {
      const found = await Promise.all(readersOf(options, options.context()));
      found.push(agentJobs(options.agentsOf, options.context()));
      return { jobs: found.flatMap(({ jobs }) => jobs), unread: found.flatMap(({ unread }) => unread) };
    },
  };
}

function readersOf(options: OtherSchedulersOptions, context: ReadingContext): Promise<FoundJobs>[] {
  const { platform, uid, runtimeDir } = options;
  if (platform === 'win32') return [windowsJobs(options, context)];
  const cron = cronJobs(options, context);
  if (platform === 'darwin') return [cron, launchdJobs({ ...options, uid: uid ?? 0 }, context)];
  const socket = runtimeDir ?? (uid === null ? null : `/run/user/${uid}`);
  const systemd = { run: options.run, runtimeDir: socket };
  return [cron, systemdJobs('systemd-user', systemd, context), systemdJobs('systemd-system', systemd, context)];
}
