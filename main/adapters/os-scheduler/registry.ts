import { join } from 'node:path';
import type { OsSchedulerKind, Settings } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsScheduler } from '../../ports/os-scheduler.ts';
import { createCommandRunner } from './command-runner.ts';
import type { CommandRunner } from './command-runner.ts';
import { cronDaemonRuns } from './cron/cron-daemon.ts';
import { CronScheduler } from './cron/cron-scheduler.ts';
import { Crontab } from './cron/crontab.ts';
import { InProcessScheduler } from './in-process/in-process-scheduler.ts';
import { Launchctl } from './launchd/launchctl.ts';
import { LaunchdScheduler } from './launchd/launchd-scheduler.ts';
import { lingers } from './systemd/linger.ts';
import { SystemdScheduler } from './systemd/systemd-scheduler.ts';
import { UserManager } from './systemd/user-manager.ts';
import { Schtasks } from './windows/schtasks.ts';
import { WindowsScheduler } from './windows/windows-scheduler.ts';

export type OsSchedulers = Readonly<Record<OsSchedulerKind, OsScheduler>>;

export interface OsSchedulersOptions {
  readonly homeDir: string;
  readonly username: string;
  /** The person's numeric id; null on Windows. */
  readonly uid: number | null;
  /** `XDG_RUNTIME_DIR`; without it `/run/user/<uid>`, since cron and `su` start programs without one. */
  readonly runtimeDir?: string | undefined;
  /** Where the crontab is copied before every write. */
  readonly crontabBackupDir: string;
  /** @default the real commands */
  readonly run?: CommandRunner;
  /** @default Date.now */
  readonly now?: () => number;
}

/** Every kind of OS scheduler, on every machine: `translate` works anywhere, the rest where `capabilities` says so. */
export function createOsSchedulers(options: OsSchedulersOptions): OsSchedulers {
  const run = options.run ?? createCommandRunner();
  const runtimeDir = options.runtimeDir ?? (options.uid === null ? null : `/run/user/${options.uid}`);
  return {
    systemd: new SystemdScheduler({
      manager: new UserManager(run, runtimeDir),
      lingers: () => lingers(run, options.username),
    }),
    cron: new CronScheduler({
      crontab: new Crontab({
        run,
        backupDir: options.crontabBackupDir,
        lockPath: join(options.homeDir, '.config', 'ncp-scheduler', 'crontab.lock'),
        now: options.now ?? Date.now,
      }),
      daemonRuns: async () => cronDaemonRuns(),
    }),
    // Without a numeric id this is no Mac, and launchctl is not there to be asked.
    launchd: new LaunchdScheduler(new Launchctl(run, options.uid ?? 0)),
    windows: new WindowsScheduler(new Schtasks(run)),
    'in-process': new InProcessScheduler(),
  };
}

/** In order of what they can do for a person. */
const PREFERENCE: Readonly<Partial<Record<NodeJS.Platform, readonly OsSchedulerKind[]>>> = {
  darwin: ['launchd'],
  win32: ['windows'],
};
const ELSEWHERE: readonly OsSchedulerKind[] = ['systemd', 'cron'];

/**
 * The scheduler that carries the groups. `auto` takes the first that works here: systemd, then cron; launchd on macOS;
 * Task Scheduler on Windows; the running app itself where there is none.
 *
 * @throws SchedulerError `os/unavailable` when a kind was asked for by name and does not work here.
 */
export async function chooseOsScheduler(
  setting: Settings['osScheduler'],
  schedulers: OsSchedulers,
  platform: NodeJS.Platform = process.platform,
): Promise<OsScheduler> {
  if (setting !== 'auto') {
    const wanted = schedulers[setting];
    const { available, notes } = await wanted.capabilities();
    if (available) return wanted;
    throw new SchedulerError(
      'os/unavailable',
      `The OS scheduler "${setting}" does not work here: ${notes.join(' ')} Set osScheduler to "auto" or another one.`,
      { kind: setting, notes },
    );
  }
  for (const kind of PREFERENCE[platform] ?? ELSEWHERE) {
    if ((await schedulers[kind].capabilities()).available) return schedulers[kind];
  }
  return schedulers['in-process'];
}
