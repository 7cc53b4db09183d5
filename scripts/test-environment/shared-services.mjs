// What the whole machine must offer before a user can have timers, and a container often does not: a cron daemon, and
// the folder by which systemd's tools decide whether systemd runs. Started by the first run of the tests that needs
// them, stopped by the last. Root only.
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, run } from '../setup/command.mjs';
import { startTimeOf, until } from './processes.mjs';
import { locks } from './throwaway-user.mjs';

/** sd_booted(3): systemctl and the user manager's units refuse to work where it is missing. */
const systemdMark = '/run/systemd/system';
const displaySockets = '/tmp/.X11-unix';
const cronPid = '/run/crond.pid';
/** Files here say what we started and must stop; the name of no user starts with a dot. */
const madeSystemdMark = join(locks, '.made-systemd-mark');
const startedCron = join(locks, '.started-cron');

export const startSharedServices = async () => {
  // X servers of ordinary users keep their sockets here, and only root may make it; it stays.
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

/** Stops what the tests started, unless another run still needs it. */
export const stopSharedServices = async () => {
  const inUse = readdirSync(locks)
    .filter((name) => !name.startsWith('.'))
    .some(isLive);
  if (inUse) return;
  if (existsSync(startedCron)) {
    const pid = runningCron();
    if (pid !== undefined && String(pid) === readFileSync(startedCron, 'utf8')) {
      process.kill(pid, 'SIGTERM');
      // The next run would take the one that is about to end for a daemon that runs.
      await until(() => runningCron() === undefined, 5_000);
    }
    rmSync(startedCron);
  }
  if (existsSync(madeSystemdMark)) {
    if (readdirSync(systemdMark).length === 0) rmdirSync(systemdMark);
    rmSync(madeSystemdMark);
  }
};

/** The pid of the cron daemon, or undefined where none runs. */
const runningCron = () => {
  if (!existsSync(cronPid)) return undefined;
  const pid = Number(readFileSync(cronPid, 'utf8'));
  try {
    return readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'cron' ? pid : undefined;
  } catch {
    return undefined;
  }
};

/** @param {string} name */
const isLive = (name) => {
  const [pid = '', startTime] = readFileSync(join(locks, name), 'utf8').split(' ');
  return startTimeOf(Number(pid)) === startTime;
};
