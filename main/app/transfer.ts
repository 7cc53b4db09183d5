import { createImportFiles } from '../adapters/os-scheduler/foreign/import-files.ts';
import { Transfer } from '../services/transfer/transfer.ts';
import type { Core } from './core.ts';

/** Export and import over the files of this machine. */
export function transferOf(core: Core, version: string): Transfer {
  const facts = { version, platform: process.platform, timezone: core.timezone };
  return new Transfer({ ...core, facts, files: createImportFiles() });
}
