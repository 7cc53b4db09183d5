import { accessSync, constants, existsSync } from 'node:fs';
import { dirname } from 'node:path';
import { SchedulerError, messageOf } from '../../../domain/errors.ts';
import { diskProblem } from './disk-state.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html. */
const codes = { busy: 5, locked: 6, readOnly: 8, ioError: 10, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 };

/** Returns whether an error means that the file is damaged or not an SQLite database. */
export function isCorruption(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.corrupt || code === codes.notADatabase;
}

/** Returns whether another process holds the lock. */
export function isBusy(error: unknown): boolean {
  const code = primaryCode(error);
  return code === codes.busy || code === codes.locked;
}

/** Returns whether the ledger cannot be written now, although it can be read. */
export function isRefusal(error: unknown): boolean {
  const code = primaryCode(error);
  return isBusy(error) || code === codes.full || code === codes.readOnly || code === codes.ioError;
}

/** Returns SQLite's error as a SchedulerError. Returns other errors unchanged. */
export function storeError(error: unknown, path: string): unknown {
  const code = primaryCode(error);
  if (code === null) return error;
  const details = { path, sqliteCode: code, reason: messageOf(error) };
  if (isBusy(error)) {
    return new SchedulerError(
      'store/locked',
      `The ledger ${path} was locked by another process for too long. Try again; if this continues, look for a process that hangs.`,
      details,
      error,
    );
  }
  // A full or read-only disk reaches SQLite as an I/O error or as a file that cannot be opened, like a damaged disk.
  const isVague = code === codes.ioError || code === codes.cannotOpen;
  const disk = isVague ? diskProblem(dirname(path)) : null;
  if (code === codes.full || disk === 'full') {
    return new SchedulerError(
      'store/disk-full',
      `The disk is full: nothing was written to ${path}. Free some space and try again.`,
      details,
      error,
    );
  }
  // A database with a write-ahead log cannot even be read if its shared memory file cannot be created beside it.
  if (code === codes.readOnly || disk === 'read-only' || (code === codes.cannotOpen && !isWritable(dirname(path)))) {
    return new SchedulerError('store/read-only', readOnlyMessage(path), details, error);
  }
  if (isCorruption(error)) {
    return new SchedulerError(
      'store/ledger-corrupt',
      `The ledger ${path} is damaged: ${messageOf(error)}.`,
      details,
      error,
    );
  }
  if (isVague) {
    return new SchedulerError(
      'store/ledger-unreadable',
      `The ledger ${path} cannot be opened or read: ${messageOf(error)}. Check the folder's permissions and the disk.`,
      details,
      error,
    );
  }
  return error;
}

function readOnlyMessage(path: string): string {
  if (diskProblem(dirname(path)) === 'read-only') {
    return `The ledger ${path} cannot be written: its disk is mounted read-only. Mount it for writing and try again.`;
  }
  return `The ledger ${path} cannot be written. Check that the file and its folder belong to you and are writable.`;
}

/**
 * Returns the primary code. Both bindings store SQLite's (extended) result code in `errcode`; its lowest byte is the
 * primary code.
 */
function primaryCode(error: unknown): number | null {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return null;
  return error.errcode & 0xff;
}

/** Returns false for an existing folder that refuses new files. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    accessSync(folder, constants.W_OK);
    return true;
  } catch {
    return false;
  }
}
