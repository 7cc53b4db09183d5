import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const mostUploadBytes = 8 * 1024 * 1024;
const longestName = 100;

/** Keeps an uploaded file in a new private folder, under its name without what could leave the folder. Returns its path. */
export function keepUpload(name: string, content: Uint8Array): string {
  const safe = name
    .replace(/[^\p{L}\p{N} ._-]/gu, '_')
    .replace(/^[. ]+/, '')
    .slice(-longestName);
  const path = join(mkdtempSync(join(tmpdir(), 'ncp-scheduler-upload-')), safe === '' ? 'upload' : safe);
  writeFileSync(path, content, { mode: 0o600, flag: 'wx' });
  return path;
}
