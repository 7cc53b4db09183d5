import { SchedulerError, messageOf } from '../../domain/errors.ts';

/** Returns a failed write as a SchedulerError. Returns errors that the system did not throw unchanged. */
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

/** Returns the system's error code, such as `ENOENT`, or null for any other error. */
export function systemCode(error: unknown): string | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return 'syscall' in error ? error.code : null;
}
