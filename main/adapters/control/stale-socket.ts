import { lstatSync, renameSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { SchedulerError } from '../../domain/errors.ts';
import { connectControl } from './client.ts';
import { socketAddress } from './control-path.ts';
import { checkSocket } from './socket-trust.ts';

/**
 * Removes the socket file that a crashed primary left.
 *
 * @throws SchedulerError `control/primary-running` if a process listens there; `control/not-a-socket`,
 * `control/unsafe-socket` if it is not ours to remove, and then it is not touched.
 */
export async function removeStaleSocket(path: string): Promise<void> {
  const isWindows = process.platform === 'win32';
  if (!isWindows && !checkSocket(path)) return;
  const inode = inodeOf(path);
  const client = await connectControl(path);
  const pid = client?.primary.pid ?? null;
  client?.close();
  if (isWindows || pid !== null || (await somebodyListens(path))) {
    throw new SchedulerError(
      'control/primary-running',
      `Another NCP Scheduler${pid === null ? '' : ` (process ${pid})`} already serves this data directory. Quit it first, or use another --data-dir.`,
      { path, pid },
    );
  }
  // Another process may have replaced the stale file since. So move the file away first, check it, and move it back if
  // it is another process's socket.
  const aside = `${path}.stale-${process.pid}`;
  try {
    renameSync(path, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  if (inodeOf(aside) === inode) rmSync(aside, { force: true });
  else renameSync(aside, path);
}

/**
 * Returns whether a process listens, also for a primary that hangs: only a refused connection proves that none does.
 */
function somebodyListens(path: string): Promise<boolean> {
  const { address, release } = socketAddress(path);
  return new Promise<boolean>((resolve) => {
    const socket = createConnection(address);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code !== 'ECONNREFUSED' && error.code !== 'ENOENT');
    });
  }).finally(release);
}

function inodeOf(path: string): number | null {
  return lstatSync(path, { throwIfNoEntry: false })?.ino ?? null;
}
