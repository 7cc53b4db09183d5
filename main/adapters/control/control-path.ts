import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { SchedulerError } from '../../domain/errors.ts';

// `sun_path` holds 108 bytes on Linux and 104 on macOS, including the closing zero (unix(7), unix(4)).
const longestSocketPath = 103;

/**
 * Returns where the primary of this data directory listens: `control.sock` in it, or a named pipe on Windows. If the
 * directory's path is too long for a Unix socket, the socket is in a private directory below the runtime or temporary
 * directory.
 */
export function controlPath(
  dataDir: string,
  platform: NodeJS.Platform = process.platform,
  env: Readonly<Record<string, string | undefined>> = process.env,
): string {
  const absolute = resolve(dataDir);
  const digest = createHash('sha256').update(absolute).digest('hex').slice(0, 24);
  if (platform === 'win32') return `\\\\.\\pipe\\ncp-scheduler-${digest}`;
  const preferred = join(absolute, 'control.sock');
  if (Buffer.byteLength(preferred) <= longestSocketPath) return preferred;
  const base = env['XDG_RUNTIME_DIR'] ?? join(tmpdir(), `ncp-scheduler-${userInfo().uid}`);
  return join(base, `ncp-${digest}.sock`);
}

/** Creates the socket's directory. Refuses one that another user owns: that user could answer in this app's name. */
export function prepareSocketDirectory(directory: string): void {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const stat = lstatSync(directory);
  if (!stat.isDirectory() || stat.uid !== process.getuid?.()) {
    throw new SchedulerError(
      'control/unsafe-directory',
      `The control socket cannot be created in ${directory}: the directory belongs to another user. Use another --data-dir.`,
      { directory },
    );
  }
  if ((stat.mode & 0o077) !== 0) chmodSync(directory, 0o700);
}
