import { readdirSync } from 'node:fs';
import { readFile } from '../files/read-file.ts';

/** Returns the content, or null if the file does not exist. */
export function readIfThere(path: string): string | null {
  try {
    return readFile(path).toString('utf8');
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Returns the names, sorted; empty if the folder does not exist. */
export function namesIn(directory: string): string[] {
  try {
    return readdirSync(directory).sort();
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

export const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';
