import { opendir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { FolderListing } from '../../contract/folders.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/** A folder with more entries is listed in part: nobody finds a folder among so many, except by typing its path. */
const mostEntries = 20_000;
const mostFolders = 2000;

/** Lists folders of this machine; see `FolderLister`. */
export async function listFolders(path: string | null): Promise<FolderListing> {
  const asked = path ?? homedir();
  if (!isAbsolute(asked)) throw unreadable(asked, 'is not an absolute path, such as /home/person/projects');
  const folder = resolve(asked);
  try {
    const { folders, isWhole } = await foldersIn(folder);
    const parent = dirname(folder);
    return { path: folder, parent: parent === folder ? null : parent, folders, isWhole };
  } catch (error) {
    throw unreadable(folder, reasonOf(error), error);
  }
}

async function foldersIn(folder: string): Promise<Pick<FolderListing, 'folders' | 'isWhole'>> {
  const folders: string[] = [];
  let seen = 0;
  // Leaving the loop closes the folder.
  for await (const entry of await opendir(folder)) {
    seen += 1;
    if (seen > mostEntries || folders.length === mostFolders) return { folders: folders.sort(byName), isWhole: false };
    if (await isFolder(folder, entry)) folders.push(entry.name);
  }
  return { folders: folders.sort(byName), isWhole: true };
}

async function isFolder(folder: string, entry: Dirent): Promise<boolean> {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  const target = await stat(join(folder, entry.name)).catch(() => null);
  // A link to nowhere, or to where this person may not look, leads to no folder.
  return target?.isDirectory() ?? false;
}

const names = new Intl.Collator('en', { numeric: true });
const isHidden = (name: string): boolean => name.startsWith('.');
const byName = (a: string, b: string): number => Number(isHidden(a)) - Number(isHidden(b)) || names.compare(a, b);

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'does not exist',
  ENOTDIR: 'is not a folder',
  EACCES: 'may not be read by you',
  EPERM: 'may not be read by you',
};

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return reasons[code] ?? `cannot be read: ${messageOf(error)}`;
}

const unreadable = (path: string, reason: string, cause?: unknown): SchedulerError =>
  new SchedulerError('usage/unreadable-folder', `${path} ${reason}.`, { path }, cause);
