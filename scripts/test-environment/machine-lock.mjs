// Locks accounts and shared services while a run of the test environment changes them.
import { closeSync, existsSync, openSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/command.mjs';
import { startTimeOf } from './processes.mjs';

/** Contains one file per user in use, with the pid and start time of the run that uses it. Root only. */
export const locks = '/run/ncp-scheduler-test';

/**
 * Returns true while the run that uses this user is running. A run that was killed while it wrote its file leaves it
 * empty. Runs inside `alone`.
 * @param {string} user
 */
export const isInUse = (user) => {
  const file = join(locks, user);
  if (!existsSync(file)) return false;
  const [pid = '', startTime] = readFileSync(file, 'utf8').split(' ');
  return startTime !== undefined && startTimeOf(Number(pid)) === startTime;
};

const limitSeconds = 120;

/**
 * Runs `action` while no other run of the test environment is inside this function. The kernel releases the lock when
 * the process ends, so a killed run does not block later ones.
 * @template T
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export const alone = async (action) => {
  mkdirSync(locks, { recursive: true });
  const file = openSync(join(locks, '.changing'), 'a');
  try {
    // flock(1) locks the open file that it inherits, so this process holds the lock after flock has exited.
    run('flock', ['--exclusive', '--timeout', String(limitSeconds), '3'], { shared: [file], quiet: true });
    return await action();
  } finally {
    closeSync(file);
  }
};
