import { lstatSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import process from 'node:process';
import { SchedulerError } from '../../domain/errors.ts';

/** Root's user id. */
const root = 0;

/**
 * Returns the id of a user other than root who owns `path`, a link on the way to it, or a folder above it, and so can
 * exchange it at any moment. Returns null if there is none, or if this process does not run as root: other users are
 * limited by the system itself.
 */
export function foreignOwner(path: string, uid = process.getuid?.()): number | null {
  if (uid !== root) return null;
  const owners = [resolve(path), existing(resolve(path))].flatMap(ownersAlong);
  return owners.find((owner) => owner !== root) ?? null;
}

/** Returns the owners of a path and of all folders above it, as far as they exist. */
function ownersAlong(path: string): number[] {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  const own = stats === undefined ? [] : [stats.uid];
  return path === dirname(path) ? own : [...own, ...ownersAlong(dirname(path))];
}

/**
 * Refuses to change another user's files as root. Such a change would leave files that the user cannot write, or let
 * the user lead root's write to any file of the system with a link.
 *
 * @throws SchedulerError `store/foreign-owner`
 */
export function refuseForeignOwner(path: string): void {
  const owner = foreignOwner(path);
  if (owner === null) return;
  throw new SchedulerError('store/foreign-owner', foreignOwnerMessage(path, owner), { path, owner });
}

export function foreignOwnerMessage(path: string, owner: number): string {
  const name = userName(owner);
  const sudo = name ?? `'#${owner}'`;
  return `${path} belongs to ${name ?? `user ${owner}`}, or is in a folder of that user, and root does not change it. Run this as that user: sudo -u ${sudo} ncp-scheduler …`;
}

/** Returns the user's name in /etc/passwd. Null for other sources of users, such as LDAP and macOS. */
function userName(uid: number): string | null {
  let lines: string[];
  try {
    lines = readFileSync('/etc/passwd', 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) !== null) return null;
    throw error;
  }
  const fields = lines.map((line) => line.split(':'));
  return fields.find(([, , id]) => id === String(uid))?.[0] ?? null;
}

/** Returns the system's error code, such as `ENOENT`, or null for any other error. */
const codeOf = (error: unknown): string | null =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : null;

/** Returns the real path of `path`, or of the nearest folder above it that exists. */
function existing(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR', 'ELOOP'].includes(codeOf(error) ?? '')) throw error;
    return existing(dirname(path));
  }
}
