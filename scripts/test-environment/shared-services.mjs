// Starts and stops what all users of a machine share and a container often lacks: a cron daemon, and the folder by
// which systemd's tools recognise that systemd is running. The first test run starts them, and the last one stops them.
// Root only; both functions run inside `alone` (machine-lock.mjs).
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from '../setup/command.mjs';
import { isInUse, locks } from './machine-lock.mjs';
import { until } from './processes.mjs';

/** Without this folder, systemctl and the units of the user manager refuse to work: sd_booted(3). */
const systemdMark = '/run/systemd/system';
const displaySockets = '/tmp/.X11-unix';
const cronPid = '/run/crond.pid';
/** These files record what must be stopped at the end. The dot distinguishes them from the lock files of users. */
const madeSystemdMark = join(locks, '.made-systemd-mark');
const startedCron = join(locks, '.started-cron');

export const startSharedServices = async () => {
  // X servers of ordinary users keep their sockets in this folder, which only root can create. It is not removed.
  if (!existsSync(displaySockets)) {
    mkdirSync(displaySockets);
    chmodSync(displaySockets, 0o1777);
  }
  if (!existsSync(systemdMark)) {
    mkdirSync(systemdMark, { recursive: true });
    writeFileSync(madeSystemdMark, '');
  }
  const cron = findProgram('cron');
  if (cron === undefined || runningCron() !== undefined) return;
  run(cron, [], { quiet: true });
  if (await until(() => runningCron() !== undefined, 5_000)) writeFileSync(startedCron, String(runningCron()));
};

/** Stops what `startSharedServices` started, unless another run still needs it. */
export const stopSharedServices = async () => {
  const inUse = readdirSync(locks)
    .filter((name) => !name.startsWith('.'))
    .some(isInUse);
  if (inUse) return;
  if (existsSync(startedCron)) {
    const pid = runningCron();
    if (pid !== undefined && String(pid) === readFileSync(startedCron, 'utf8')) {
      process.kill(pid, 'SIGTERM');
      // Otherwise the next run could find the daemon while it stops, and rely on it.
      await until(() => runningCron() === undefined, 5_000);
    }
    rmSync(startedCron);
  }
  if (existsSync(madeSystemdMark)) {
    if (readdirSync(systemdMark).length === 0) rmdirSync(systemdMark);
    rmSync(madeSystemdMark);
  }
};

/** Returns the pid of the cron daemon, or undefined if none is running. */
const runningCron = () => {
  if (!existsSync(cronPid)) return undefined;
  const pid = Number(readFileSync(cronPid, 'utf8'));
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'cron' ? pid : undefined;
  } catch {
    return undefined;
  }
};
