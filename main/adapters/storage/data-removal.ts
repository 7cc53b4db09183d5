import { existsSync, readdirSync, rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { DataRemoval } from '../../ports/data-removal.ts';
import { isOwnName } from './data-dir-content.ts';

/** What is made again when it is missing. The launcher belongs to the entries of the OS scheduler. */
const cacheName =
  /^(?:(?:login-environment|tools)\.json|launcher\.(?:sh|log)|serve\.log|browser|browser-headless|control\.sock)(?:[.-].*)?$/;

export interface DataRemovalOptions {
  readonly dataDir: string;
  /** The key of the secrets; null if other data directories of the person may use it. */
  readonly keyPath: string | null;
  /** Folders outside the data directory that this app makes if they are missing, inner ones first. @default none */
  readonly sharedFolders?: readonly string[];
}

/** Returns the files of a data directory. Never lists files that this app did not name. */
export function dataRemoval({ dataDir, keyPath, sharedFolders = [] }: DataRemovalOptions): DataRemoval {
  const names = () => (existsSync(dataDir) ? readdirSync(dataDir).sort() : []);
  const pathsOf = (isListed: (name: string) => boolean) =>
    names()
      .filter(isListed)
      .map((name) => join(dataDir, name));
  return {
    caches: () => pathsOf((name) => cacheName.test(name)),
    everything: () => [...pathsOf(isOwnName), ...(keyPath !== null && existsSync(keyPath) ? [keyPath] : [])],
    remove: (path) => {
      rmSync(path, { recursive: true, force: true, maxRetries: 3 });
      if (path === keyPath) removeIfEmpty(dirname(path));
    },
    removeEmptyFolders: () => sharedFolders.forEach(removeIfEmpty),
    removeFolder: () => {
      const others = names();
      if (others.length > 0) return others;
      removeIfEmpty(dataDir);
      // `~/.ncp`, which ncp itself may use.
      if (keyPath !== null) removeIfEmpty(dirname(dataDir));
      return [];
    },
  };
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}
