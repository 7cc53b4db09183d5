// Runs of the test environment that start or end at the same time change the same accounts and shared services.
import { closeSync, openSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { run } from '../setup/command.mjs';

/** Holds one file per user in use, with the pid and start time of its run. Root only. */
export const locks = '/run/ncp-scheduler-test';

const limitSeconds = 120;

/**
 * Runs `action` while no other run of the test environment is inside this function. The kernel ends the lock with the
 * process, so a killed run does not block later ones.
 * @template T
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export const alone = async (action) => {
  mkdirSync(locks, { recursive: true });
  const file = openSync(join(locks, '.changing'), 'a');
  try {
    // flock(1) locks the file that it shares with us; the lock is ours when it has exited.
    run('flock', ['--exclusive', '--timeout', String(limitSeconds), '3'], { shared: [file], quiet: true });
    return await action();
  } finally {
    closeSync(file);
  }
};
