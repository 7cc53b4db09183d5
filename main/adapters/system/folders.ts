import { opendir, stat } from 'node:fs/promises';
import type { Dirent } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { FolderListing } from '../../contract/folders.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';

/** Of a folder with more entries, only some are listed. With so many, typing the path is quicker than looking for it. */
const mostEntries = 20_000;
const mostFolders = 2000;

/** Lists folders of this machine; see `FolderLister`. */
export async function listFolders(path: string | null): Promise<FolderListing> {
  // An empty field means the same as none.
  const asked = path === null || path === '' ? homedir() : path;
  if (!isAbsolute(asked))
    throw unreadable(`${asked} is not an absolute path, such as ${exampleOf(process.platform)}.`, asked);
  const folder = resolve(asked);
  try {
    const { folders, isWhole } = await foldersIn(folder);
    const parent = dirname(folder);
    return { path: folder, parent: parent === folder ? null : parent, folders, isWhole };
  } catch (error) {
    throw unreadable(reasonOf(folder, error), folder, error);
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

/** Returns a path as the people of this system write it. */
export const exampleOf = (platform: NodeJS.Platform): string =>
  platform === 'win32'
    ? String.raw`C:\Users\person\projects`
    : platform === 'darwin'
      ? '/Users/person/projects'
      : '/home/person/projects';

function reasonOf(folder: string, error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'ENOENT') return `${folder} does not exist.`;
  if (code === 'ENOTDIR') return `${folder} is not a folder.`;
  if (code === 'EACCES' || code === 'EPERM') return `You do not have permission to read ${folder}.`;
  return `${folder} cannot be read: ${messageOf(error)}.`;
}

const unreadable = (message: string, path: string, cause?: unknown): SchedulerError =>
  new SchedulerError('usage/unreadable-folder', message, { path }, cause);
