import { createHash } from 'node:crypto';
import { closeSync, constants, existsSync, openSync, realpathSync } from 'node:fs';
import { userInfo } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

// `sun_path` holds 108 bytes on Linux and 104 on macOS, including the closing zero (unix(7), unix(4)).
const longestSocketPath = 103;

/** Open folders of this process, as links: through one of them, a socket in any folder has a short path (proc(5)). */
const openFolders = '/proc/self/fd';

/**
 * Returns where the primary of this data directory listens: `control.sock` in it, or a named pipe on Windows. Only if
 * the directory's path is too long for a Unix socket on a system without /proc (macOS), the socket is in a private folder
 * in /tmp. The environment never matters: the app, cron and a service see different variables and must agree.
 */
export function controlPath(
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
  hasOpenFolders: boolean = existsSync(openFolders),
): string {
  const absolute = resolve(dataDir);
  if (platform === 'win32') return `\\\\.\\pipe\\ncp-scheduler-${digestOf(absolute)}`;
  const preferred = join(absolute, 'control.sock');
  if (isShort(preferred) || hasOpenFolders) return preferred;
  return join('/tmp', `ncp-scheduler-${userInfo().uid}`, `ncp-${digestOf(absolute)}.sock`);
}

/** An address that can be bound or connected to until it is released. */
export interface SocketAddress {
  readonly address: string;
  readonly release: () => void;
}

/** Returns the short address of a socket whose path may be too long. @throws the system's error, such as `ENOENT`. */
export function socketAddress(path: string): SocketAddress {
  if (process.platform === 'win32' || isShort(path)) return { address: path, release: () => undefined };
  const folder = openSync(dirname(path), constants.O_RDONLY | constants.O_DIRECTORY);
  let open = true;
  // Once: by the second time, the number may stand for another file.
  const release = () => {
    if (open) closeSync(folder);
    open = false;
  };
  return { address: `${openFolders}/${folder}/${basename(path)}`, release };
}

const isShort = (path: string): boolean => Buffer.byteLength(path) <= longestSocketPath;

/** Of the real path: a link to the data directory leads to the same primary. */
function digestOf(dataDir: string): string {
  const real = existsSync(dataDir) ? realpathSync(dataDir) : dataDir;
  return createHash('sha256').update(real).digest('hex').slice(0, 24);
}
