// Keeps two scripts from installing, building or packaging in the same checkout at the same time. Uses only Node's own
// modules, because it runs before anything is installed.
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { inProject } from './project.mjs';

const lockOfCheckout = inProject('.cache/build.lock');
const pollMs = 200;
/** A build and a package take two minutes on two cores. */
const limitMs = 20 * 60_000;

/**
 * Waits until no other process holds the lock, takes it, and returns a function that releases it. The lock of a process
 * that was killed is taken over.
 * @param {{ file?: string, limitMs?: number, onWait?: (pid: number) => void, pause?: () => void }} [options]
 * @throws Error if the other process does not end within the limit.
 */
export const takeLock = (options = {}) => {
  const { file = lockOfCheckout, onWait = sayWaiting, pause = sleep } = options;
  const mine = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(mine, String(process.pid));
  try {
    const latest = Date.now() + (options.limitMs ?? limitMs);
    let said = 0;
    while (!isTaken(file, mine)) {
      const holder = holderOf(file);
      if (holder === undefined) continue;
      if (!isRunning(holder)) {
        takeAway(file, holder);
        continue;
      }
      if (said !== holder) onWait((said = holder));
      if (Date.now() > latest) {
        throw new Error(`Process ${holder} has been building here for too long. End it, or delete ${file}.`);
      }
      pause();
    }
  } finally {
    rmSync(mine, { force: true });
  }
  return () => rmSync(file, { force: true });
};

/**
 * Runs an action while holding the lock of the checkout.
 * @template T
 * @param {() => T | Promise<T>} action
 * @returns {Promise<T>}
 */
export const locked = async (action) => {
  const release = takeLock();
  try {
    return await action();
  } finally {
    release();
  }
};

/**
 * Tries to take the lock. A link appears with its content or not at all.
 * @param {string} file
 * @param {string} mine
 */
const isTaken = (file, mine) => {
  try {
    linkSync(mine, file);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
};

/**
 * Returns the process that holds the lock, or undefined if it was released meanwhile.
 * @param {string} file
 */
const holderOf = (file) => {
  try {
    return Number(readFileSync(file, 'utf8'));
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw error;
  }
};

/**
 * Removes the lock of a process that ended without releasing it. Two waiting processes can get here at once, so the
 * second one gives back what the first one has just taken.
 * @param {string} file
 * @param {number} holder
 */
const takeAway = (file, holder) => {
  const aside = `${file}.${process.pid}.ended`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  if (holderOf(aside) !== holder) linkSync(aside, file);
  rmSync(aside);
};

/** @param {number} pid */
const isRunning = (pid) => {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs as another user.
    return codeOf(error) === 'EPERM';
  }
};

/** @param {unknown} error */
const codeOf = (error) => (error instanceof Error && 'code' in error ? error.code : undefined);

const sleep = () => void Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, pollMs);

/** @param {number} pid */
const sayWaiting = (pid) => console.error(`Another build is running here (process ${pid}). Waiting for it…`);
