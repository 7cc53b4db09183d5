import { autoKindsOn, type OsSchedulerKind } from '../../contract/os-scheduler-kinds.ts';
import type { Settings } from '../../contract/settings.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { OsScheduler, OsSchedulers } from '../../ports/os-scheduler.ts';
import { createCommandRunner } from './run-program.ts';
import type { CommandRunner } from './run-program.ts';

export interface OsSchedulersOptions {
  readonly homeDir: string;
  readonly username: string;
  /** The person's numeric id; null on Windows. */
  readonly uid: number | null;
  /** `XDG_RUNTIME_DIR`; if absent, `/run/user/<uid>`, because cron and `su` start programs without it. */
  readonly runtimeDir?: string | undefined;
  /** The launchd agent that started this process, `XPC_SERVICE_NAME`. */
  readonly launchdLabel?: string | undefined;
  /** The folder to which the crontab is copied before every write. */
  readonly crontabBackupDir: string;
  /** @default the real commands */
  readonly run?: CommandRunner;
  /** @default Date.now */
  readonly now?: () => number;
}

interface Machine extends OsSchedulersOptions {
  readonly run: CommandRunner;
}

const makers: Readonly<Record<OsSchedulerKind, (machine: Machine) => Promise<OsScheduler>>> = {
  systemd: async ({ run, uid, username, runtimeDir }) => {
    const { SystemdScheduler } = await import('./systemd/systemd-scheduler.ts');
    const { UserManager } = await import('./systemd/user-manager.ts');
    const { lingers } = await import('./systemd/linger.ts');
    const manager = new UserManager(run, runtimeDir ?? (uid === null ? null : `/run/user/${uid}`));
    return new SystemdScheduler({ manager, lingers: () => lingers(run, username) });
  },
  cron: async ({ run, homeDir, crontabBackupDir, now }) => {
    const { CronScheduler } = await import('./cron/cron-scheduler.ts');
    const { userCrontab } = await import('./cron/crontab.ts');
    const { cronDaemonRuns } = await import('./cron/cron-daemon.ts');
    const crontab = userCrontab({ run, homeDir, backupDir: crontabBackupDir, now });
    return new CronScheduler({ crontab, daemonRuns: async () => cronDaemonRuns() });
  },
  launchd: async ({ run, uid, launchdLabel }) => {
    const { LaunchdScheduler } = await import('./launchd/launchd-scheduler.ts');
    const { Launchctl } = await import('./launchd/launchctl.ts');
    // Without a numeric id this is not a Mac, and there is no launchctl.
    return new LaunchdScheduler(new Launchctl(run, uid ?? 0), launchdLabel);
  },
  windows: async ({ run }) => {
    const { WindowsScheduler } = await import('./windows/windows-scheduler.ts');
    const { Schtasks } = await import('./windows/schtasks.ts');
    return new WindowsScheduler(new Schtasks(run));
  },
  'in-process': async () => {
    const { InProcessScheduler } = await import('./in-process/in-process-scheduler.ts');
    return new InProcessScheduler();
  },
};

/**
 * Returns every kind of OS scheduler on every machine: `translate` works everywhere, the rest if `capabilities` says
 * so.
 */
export function createOsSchedulers(options: OsSchedulersOptions): OsSchedulers {
  const machine = { ...options, run: options.run ?? createCommandRunner() };
  const made = new Map<OsSchedulerKind, Promise<OsScheduler>>();
  return (kind) => {
    const known = made.get(kind) ?? makers[kind](machine);
    made.set(kind, known);
    return known;
  };
}

/**
 * Returns the scheduler that runs the groups. `auto` takes the first that works here: systemd, then cron; launchd on
 * macOS; Task Scheduler on Windows; the running app itself if there is none.
 *
 * @throws SchedulerError `os/unavailable` if a kind was requested by name and does not work here.
 */
export async function chooseOsScheduler(
  setting: Settings['osScheduler'],
  schedulers: OsSchedulers,
  platform: NodeJS.Platform = process.platform,
): Promise<OsScheduler> {
  if (setting !== 'auto') {
    const wanted = await schedulers(setting);
    const { available, notes } = await wanted.capabilities();
    if (available) return wanted;
    throw new SchedulerError(
      'os/unavailable',
      `The OS scheduler "${setting}" does not work here: ${notes.join(' ')} Set osScheduler to "auto" or to another scheduler.`,
      { kind: setting, notes },
    );
  }
  for (const kind of autoKindsOn(platform)) {
    const scheduler = await schedulers(kind);
    if ((await scheduler.capabilities()).available) return scheduler;
  }
  return schedulers('in-process');
}
