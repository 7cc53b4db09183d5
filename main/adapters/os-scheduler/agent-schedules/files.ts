import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** Returns the folders in a folder, by name; none if it does not exist. @throws Error if it cannot be read */
export function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => join(folder, name))
    .sort();
}

export const existing = (paths: readonly string[]): string[] => paths.filter((path) => existsSync(path));
