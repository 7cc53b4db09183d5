import { posix } from 'node:path';
import { SchedulerError } from '../domain/errors.ts';
import type { FolderLister } from '../ports/folders.ts';

const folders: Readonly<Record<string, readonly string[]>> = {
  '/': ['home', 'srv'],
  '/srv': ['backup'],
  '/srv/backup': [],
  '/home': ['person'],
  '/home/person': ['documents', 'projects', '.config'],
  '/home/person/documents': [],
  '/home/person/projects': ['api', 'website'],
  '/home/person/projects/api': [],
  '/home/person/projects/website': [],
  '/home/person/.config': [],
};

/** The folders of a machine in memory, whose person lives in /home/person. */
export const memoryFolders: FolderLister = (asked) => {
  const path = posix.resolve('/', asked ?? '/home/person');
  const inside = folders[path];
  if (inside === undefined) {
    return Promise.reject(new SchedulerError('usage/unreadable-folder', `${path} does not exist.`, { path }));
  }
  const parent = path === '/' ? null : posix.dirname(path);
  return Promise.resolve({ path, parent, folders: [...inside], isWhole: true });
};
