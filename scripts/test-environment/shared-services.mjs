// What all users of a machine share and a container often lacks: a cron daemon, and the folder whose presence tells
// systemd's tools that systemd runs. The first run of the tests that needs them starts them, the last one stops them.
// Root only; both functions run inside `alone` (machine-lock.mjs).
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from '../setup/command.mjs';
import { locks } from './machine-lock.mjs';
import { startTimeOf, until } from './processes.mjs';

/** Where it is missing, systemctl and the user manager's units refuse to work: sd_booted(3). */
const systemdMark = '/run/systemd/system';
const displaySockets = '/tmp/.X11-unix';
const cronPid = '/run/crond.pid';
/** These files record what we started and must stop. Names of users do not start with a dot. */
const madeSystemdMark = join(locks, '.made-systemd-mark');
const startedCron = join(locks, '.started-cron');

export const startSharedServices = async () => {
  // X servers of ordinary users keep their sockets in this folder, which only root can make. It is not removed.
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
    .some(isLive);
  if (inUse) return;
  if (existsSync(startedCron)) {
    const pid = runningCron();
    if (pid !== undefined && String(pid) === readFileSync(startedCron, 'utf8')) {
      process.kill(pid, 'SIGTERM');
      // Otherwise the next run could find the ending daemon and rely on it.
      await until(() => runningCron() === undefined, 5_000);
    }
    rmSync(startedCron);
  }
  if (existsSync(madeSystemdMark)) {
    if (readdirSync(systemdMark).length === 0) rmdirSync(systemdMark);
    rmSync(madeSystemdMark);
  }
};

/** Returns the pid of the cron daemon, or undefined where none runs. */
const runningCron = () => {
  if (!existsSync(cronPid)) return undefined;
  const pid = Number(readFileSync(cronPid, 'utf8'));
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'cron' ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** True while the run that wrote this lock still runs. @param {string} name */
const isLive = (name) => {
  const [pid = '', startTime] = readFileSync(join(locks, name), 'utf8').split(' ');
  return startTimeOf(Number(pid)) === startTime;
};
