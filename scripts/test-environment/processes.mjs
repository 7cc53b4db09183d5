// Finds and ends processes through /proc (Linux).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * Returns when a process started, in clock ticks since boot, or undefined if there is no such process. Pids are reused;
 * pid and start time together identify a process.
 * @param {number} pid
 */
export const startTimeOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the command in brackets, may contain spaces and brackets, so count from the last closing
    // bracket. The start time is the 22nd field.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
};

/**
 * Returns the pids of all processes of a user.
 * @param {number} uid
 */
export const processesOf = (uid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return statSync(`/proc/${pid}`).uid === uid;
      } catch {
        return false; // it has ended since the listing
      }
    })
    .map(Number);

/**
 * Ends all processes of a user: sends SIGTERM, and SIGKILL to those that still run after two seconds.
 * @param {number} uid
 */
export const endProcessesOf = async (uid) => {
  signalAll(processesOf(uid), 'SIGTERM');
  await until(() => processesOf(uid).length === 0, 2_000);
  signalAll(processesOf(uid), 'SIGKILL');
  await until(() => processesOf(uid).length === 0, 5_000);
};

/**
 * @param {readonly number[]} pids
 * @param {NodeJS.Signals} signal
 */
const signalAll = (pids, signal) => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      continue; // it has ended
    }
  }
};

/**
 * Checks a condition every 50 ms. Resolves with true as soon as it holds, or with false after the time limit.
 * @param {() => boolean} condition
 * @param {number} withinMs
 */
export const until = async (condition, withinMs) => {
  const deadline = performance.now() + withinMs;
  while (!condition()) {
    if (performance.now() > deadline) return false;
    await delay(50);
  }
  return true;
};
