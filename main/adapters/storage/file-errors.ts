import { SchedulerError, messageOf } from '../../domain/errors.ts';

/** A failed write of a file, in words for people. Anything that the system did not throw is handed back as it is. */
export function writeError(error: unknown, path: string): unknown {
  const code = systemCode(error);
  if (code === null) return error;
  const details = { path, systemCode: code, reason: messageOf(error) };
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new SchedulerError(
      'store/disk-full',
      `The disk is full: ${path} was not changed. Free some space and try again.`,
      details,
      error,
    );
  }
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new SchedulerError(
      'store/read-only',
      `${path} cannot be written (${code}). Check that the file and its folder belong to you and are writable.`,
      details,
      error,
    );
  }
  return new SchedulerError('store/write-failed', `${path} was not changed: ${messageOf(error)}.`, details, error);
}

/** `ENOENT` and its like, or null for an error that the system did not throw. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'syscall' in error ? error.code : null;
}
