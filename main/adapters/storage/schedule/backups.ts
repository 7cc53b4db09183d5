import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { readText } from '../../files/read-file.ts';
import type { StoreBackup } from '../../../ports/store.ts';
import { replaceFile, temporaryOf } from '../durable-write.ts';
import { createPrivateFile } from '../private-file.ts';
import { systemCode } from '../file-errors.ts';
import { largestDocumentBytes } from '../file-state.ts';
import { parseSchedule } from './document.ts';

/** Number of earlier contents that are kept. */
const backupCount = 5;
const numbers = Array.from({ length: backupCount }, (_, index) => index + 1);

/** Returns the path of the n-th newest backup of a file; 1 is the newest. */
function backupPath(path: string, n: number): string {
  return `${path}.backup-${n}`;
}

/** Returns the texts of the existing backups, newest first. */
export function backupTexts(path: string): string[] {
  return numbers.flatMap((n) => textAt(backupPath(path, n)) ?? []);
}

/**
 * Writes the next backup and returns the function that makes it the newest one. Two steps, so that everything that
 * needs disk space is done before the file itself is replaced.
 */
export function prepareBackup(path: string, content: string): () => void {
  const prepared = temporaryOf(path);
  createPrivateFile(prepared, content);
  return () => {
    for (let n = backupCount - 1; n >= 1; n -= 1) {
      if (statSync(backupPath(path, n), { throwIfNoEntry: false }) === undefined) continue;
      replaceFile(backupPath(path, n), backupPath(path, n + 1));
    }
    replaceFile(prepared, backupPath(path, 1));
  };
}

/** Returns the existing backups, newest first. */
export function listBackups(path: string): StoreBackup[] {
  const backups: StoreBackup[] = [];
  for (const n of numbers) {
    const stats = statSync(backupPath(path, n), { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const text = textAt(backupPath(path, n));
    const document = text === null ? null : parseSchedule(text);
    backups.push({
      name: basename(backupPath(path, n)),
      savedAt: stats.mtime.toISOString(),
      file: document?.kind === 'valid' ? document.file : null,
    });
  }
  return backups;
}

/** Returns null for what is missing or cannot be read, such as a folder or a named pipe: the other backups still can be. */
function textAt(path: string): string | null {
  try {
    return readText(path, largestDocumentBytes);
  } catch (error) {
    if (systemCode(error) === null) throw error;
    return null;
  }
}
