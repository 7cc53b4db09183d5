import { readFileSync, statSync } from 'node:fs';
import type { ImportKind } from '../../../contract/transfer.ts';
import { messageOf, SchedulerError } from '../../../domain/errors.ts';
import type { ImportFiles } from '../../../ports/import-files.ts';
import { decodeText } from './decode-text.ts';

/** More than any schedule is; a disk image picked by mistake is not read into memory. */
const LARGEST_BYTES = 64 * 1024 * 1024;

/** Files on disk. */
export function createImportFiles(): ImportFiles {
  return {
    read: async (path, kind) => {
      const text = readText(path);
      const found = kind ?? kindOf(text);
      if (found === 'ncp-scheduler') return { kind: found, text };
      throw unknownKind(path);
    },
  };
}

/** The kind of a text by what is in it, or null. */
export function kindOf(text: string): ImportKind | null {
  if (/^\s*[{[]/.test(text)) return 'ncp-scheduler';
  return null;
}

function readText(path: string): string {
  try {
    const { size } = statSync(path);
    if (size > LARGEST_BYTES) throw new Error(`it has ${size} bytes, more than any schedule`);
    return decodeText(readFileSync(path));
  } catch (error) {
    throw new SchedulerError(
      'usage/import-unreadable',
      `${path} cannot be read: ${messageOf(error)}.`,
      { path },
      error,
    );
  }
}

function unknownKind(path: string): SchedulerError {
  return new SchedulerError('usage/import-unknown-kind', `${path} is no export of NCP Scheduler.`, { path });
}
