import { readFileSync, statSync } from 'node:fs';
import { basename } from 'node:path';
import type { StoreBackup } from '../../../ports/store.ts';
import { replaceFile, temporaryOf } from '../durable-write.ts';
import { createPrivateFile } from '../private-file.ts';
import { parseSchedule } from './document.ts';

/** Number of earlier contents that are kept. */
const backupCount = 5;

/** Returns the path of the n-th newest backup of a file; 1 is the newest. */
function backupPath(path: string, n: number): string {
  return `${path}.backup-${n}`;
}

/** Returns the texts of the existing backups, newest first. */
export function backupTexts(path: string): string[] {
  const texts: string[] = [];
  for (let n = 1; n <= backupCount; n += 1) {
    if (statSync(backupPath(path, n), { throwIfNoEntry: false }) === undefined) continue;
    texts.push(readFileSync(backupPath(path, n), 'utf8'));
  }
  return texts;
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
  for (let n = 1; n <= backupCount; n += 1) {
    const stats = statSync(backupPath(path, n), { throwIfNoEntry: false });
    if (stats === undefined) continue;
    const document = parseSchedule(readFileSync(backupPath(path, n), 'utf8'));
    backups.push({
      name: basename(backupPath(path, n)),
      savedAt: stats.mtime.toISOString(),
      file: document.kind === 'valid' ? document.file : null,
    });
  }
  return backups;
}
