import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes source text to a module, to be started as a worker that misbehaves. Returns its path. */
export function workerScript(source: string): string {
  const path = join(mkdtempSync(join(tmpdir(), 'ncp-worker-script-')), 'worker.mjs');
  writeFileSync(path, source);
  return path;
}
