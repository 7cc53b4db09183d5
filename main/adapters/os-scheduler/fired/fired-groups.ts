import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { OsSchedulerKind } from '../../../contract/os-scheduler-kinds.ts';
import type { TranslateContext } from '../../../ports/os-scheduler.ts';
import type { FiredGroups } from '../../../ports/fired-groups.ts';
import { foreignOwner } from '../../files/file-owner.ts';
import { writeFile } from '../../files/write-file.ts';
import { checkFile, checkName } from './fire-check.ts';

/** The folder of the notes in `XDG_RUNTIME_DIR`, which is in memory. */
export const runtimeFolder = (namespace: string): string => `ncp-scheduler${namespace === '' ? '' : `-${namespace}`}`;

type NoteFolders = Readonly<Partial<Record<OsSchedulerKind, string | undefined>>>;

/** Returns where entries look. crontab lines know no runtime directory, and many machines with cron have none. */
export function noteFolders(
  runtimeDir: string,
  { namespace, firedDir }: Pick<TranslateContext, 'namespace' | 'firedDir'>,
): NoteFolders {
  return { systemd: join(runtimeDir, runtimeFolder(namespace)), cron: firedDir };
}

export interface FiredGroupsOptions {
  /**
   * Returns the OS scheduler that fires the groups. Until it is known, nothing is noted, and entries start the program.
   */
  readonly kind: () => Promise<OsSchedulerKind>;
  /** The folders in which the entries of a scheduler look. Entries of others start the program each time. */
  readonly folders: NoteFolders;
  readonly pid: number;
}

/**
 * Returns the notes of a data directory. Nothing is noted if the folder above them does not exist, or if it is another user's
 * and this is root (as `su` leaves `XDG_RUNTIME_DIR`), and entries then start the program.
 */
export function firedGroups({ kind, folders, pid }: FiredGroupsOptions): FiredGroups {
  const latest = new Map<string, number>();
  let folder: string | null = null;
  let isOpen = false;
  return {
    open: async () => {
      isOpen = true;
      const place = folders[await kind()];
      // Closed while it was asked.
      if (!isOpen || place === undefined) return;
      folder = place;
      begin(place, pid);
    },
    note: (timingId, atMs) => {
      // An earlier fire may settle after a later one.
      if (folder === null || atMs <= (latest.get(timingId) ?? 0)) return;
      // The runtime directory comes with the first login and goes with the last logout; this process may outlive both.
      if (!isOurs(folder) || (!existsSync(join(folder, 'primary')) && !begin(folder, pid))) return;
      latest.set(timingId, atMs);
      writeFile(join(folder, `${timingId}.fired`), `${Math.floor(atMs / 1000)}\n`);
    },
    close: () => {
      isOpen = false;
      if (folder !== null && isOurs(folder)) rmSync(folder, { recursive: true, force: true });
      folder = null;
    },
  };
}

/** True if the folder above the notes is there, and its owner is this user. */
const isOurs = (folder: string): boolean => existsSync(dirname(folder)) && foreignOwner(dirname(folder)) === null;

/** Returns whether notes can be written. */
function begin(folder: string, pid: number): boolean {
  if (!isOurs(folder)) return false;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { mode: 0o700 });
  writeFile(join(folder, checkName), checkFile);
  writeFile(join(folder, 'primary'), `${pid}\n`);
  return true;
}
