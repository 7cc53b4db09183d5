import { randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SchedulerError } from '../../../domain/errors.ts';
import { refuseForeignOwner } from '../../files/file-owner.ts';
import { isMissing, readIfThere } from '../files.ts';

const POLL_MS = 50;

/**
 * Runs `action` while no other process of this app holds the lock. Takes over the lock of a dead process.
 * @throws SchedulerError `os/crontab-busy` after `waitMs`; `store/foreign-owner` if root would lock in another user's folder.
 */
export async function withFileLock<T>(path: string, waitMs: number, action: () => Promise<T>): Promise<T> {
  const mine = `${process.pid} ${randomBytes(8).toString('hex')}`;
  refuseForeignOwner(path);
  mkdirSync(dirname(path), { recursive: true });
  const deadline = performance.now() + waitMs;
  while (!tryTake(path, mine)) {
    if (performance.now() > deadline) {
      throw new SchedulerError(
        'os/crontab-busy',
        `Another process is changing the crontab (lock ${path}). Try again.`,
        {
          lock: path,
        },
      );
    }
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  try {
    return await action();
  } finally {
    if (readIfThere(path) === mine) rmSync(path, { force: true });
  }
}

function tryTake(path: string, mine: string): boolean {
  const draft = `${path}.${mine.replace(' ', '-')}`;
  writeFileSync(draft, mine, { flag: 'wx', mode: 0o600 });
  try {
    removeIfAbandoned(path, `${draft}.old`);
    // A link appears together with its content and fails if one exists: no reader sees a lock without a holder.
    linkSync(draft, path);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

function removeIfAbandoned(path: string, aside: string): void {
  const holder = readIfThere(path);
  if (holder === null || isAlive(Number.parseInt(holder, 10))) return;
  try {
    renameSync(path, aside);
  } catch (error) {
    if (isMissing(error)) return;
    throw error;
  }
  const moved = readIfThere(aside);
  // Another process was faster, and its new lock was moved by mistake: move it back.
  if (moved !== null && moved !== holder) linkSync(aside, path);
  rmSync(aside, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
