import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { withFileLock } from '../cron/file-lock.ts';

/** Longer than any file of tests holds the crontab, also while it waits for the cron daemon. */
export const CRONTAB_WAIT_MS = 400_000;

/**
 * For `beforeAll`: waits until no other test file replaces this user's crontab. Returns the function that lets the next
 * file continue.
 */
export function holdCrontab(): Promise<() => Promise<void>> {
  // The runtime folder goes with the session, and a lock that a killed run left behind goes with it.
  const path = join(process.env['XDG_RUNTIME_DIR'] ?? tmpdir(), `ncp-test-crontab-${userInfo().uid}`);
  return new Promise((resolve, reject) => {
    const held = withFileLock(path, CRONTAB_WAIT_MS, () => {
      return new Promise<void>((release) => {
        resolve(async () => {
          release();
          await held;
        });
      });
    });
    held.catch(reject);
  });
}
