// Looks at and ends processes by /proc (Linux).
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/**
 * When a process started, in clock ticks since boot, or undefined where there is no such process. Together with the
 * pid it names a process for good: pids are used again.
 * @param {number} pid
 */
export const startTimeOf = (pid) => {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, the command, may hold spaces and brackets: count from its closing one. Start time is the 22nd.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
};

/**
 * The pids of all processes that belong to a user.
 * @param {number} uid
 */
export const processesOf = (uid) =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return statSync(`/proc/${pid}`).uid === uid;
      } catch {
        return false; // it ended while we looked
      }
    })
    .map(Number);

/**
 * Ends all processes of a user: asks first, then forces what is left after two seconds.
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
      continue; // it ended in the meantime
    }
  }
};

/**
 * Waits for a condition, looking every 50 ms. Resolves with whether it came true within the time.
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
