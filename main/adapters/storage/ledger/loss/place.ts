import { createHash } from 'node:crypto';
import { existsSync, readFileSync, statSync, type BigIntStats } from 'node:fs';
import process from 'node:process';

/**
 * Where a file is, so that a copy is not taken for the file itself. Null or "0": unknown, and not compared.
 *
 * `born` is the birth time in nanoseconds since 1970: it stays when the file is written or renamed, and a copy has its
 * own. `inode` is null on Linux, where file systems without fixed inodes (FAT, FUSE) give a file a new one at each
 * mount; elsewhere it is needed, because macOS copies birth times and Windows lends them
 * (https://learn.microsoft.com/windows/win32/sysinfo/file-times, "tunneling").
 */
export interface Place {
  readonly born: string;
  readonly inode: string | null;
  readonly machine: string | null;
}

/** Returns the place of the file at `path`, or null if there is no file. */
export function placeOf(path: string, machine: string | null): Place | null {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats === undefined ? null : { born: bornOf(stats), inode: inodeOf(stats), machine };
}

/**
 * Returns the birth time, or "0" if it is unknown. Where the system has none, Node returns the time of the last change
 * instead (`ctime`), so equal times say nothing; a file that was never changed is unknown for that moment too.
 */
export function bornOf({ birthtimeNs, ctimeNs }: BigIntStats): string {
  return birthtimeNs === ctimeNs ? '0' : String(birthtimeNs);
}

/** Returns true unless a fact that is known of both differs. */
export function isSamePlace(one: Place, other: Place): boolean {
  return (
    isEqual(one.born, other.born, '0') &&
    isEqual(one.inode, other.inode, null) &&
    isEqual(one.machine, other.machine, null)
  );
}

/** Returns `known` with what only `seen` knows. */
export function completed(known: Place, seen: Place): Place {
  return {
    born: known.born === '0' ? seen.born : known.born,
    inode: known.inode ?? seen.inode,
    machine: known.machine ?? seen.machine,
  };
}

/**
 * Returns a fingerprint of this installation of Linux, to notice a cloned disk; null elsewhere, where no file holds an
 * id, and in a container, which may get a new id each time it is created. The id itself must not leave the machine, so
 * only a hash is kept (https://www.freedesktop.org/software/systemd/man/latest/machine-id.html).
 */
export function machineFingerprint(): string | null {
  if (process.platform !== 'linux' || existsSync('/.dockerenv') || existsSync('/run/.containerenv')) return null;
  try {
    const id = readFileSync('/etc/machine-id', 'utf8').trim();
    return /^[0-9a-f]{32}$/.test(id) ? createHash('sha256').update(`ncp-scheduler ${id}`).digest('hex') : null;
  } catch {
    // A system without this file has no id to compare.
    return null;
  }
}

/** Returns null on Linux; see `Place`. */
export function inodeOf({ ino }: Pick<BigIntStats, 'ino'>, platform = process.platform): string | null {
  return platform === 'linux' ? null : String(ino);
}

function isEqual(one: string | null, other: string | null, unknown: string | null): boolean {
  return one === unknown || other === unknown || one === other;
}
