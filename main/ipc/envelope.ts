import type { z } from 'zod';
import type { WireError } from '../contract/errors.ts';
import type { IpcCall } from '../contract/ipc.ts';
import { messageOf, SchedulerError } from '../domain/errors.ts';

interface Failure {
  readonly ok: false;
  readonly error: WireError;
}

/** Never thrown across IPC: `ipcMain.handle` keeps only a message (electron#24427). */
export function failureEnvelope(problem: unknown): Failure {
  if (problem instanceof SchedulerError) {
    return { ok: false, error: { code: problem.code, message: problem.message, details: { ...problem.details } } };
  }
  return { ok: false, error: { code: 'worker/unexpected', message: messageOf(problem), details: {} } };
}

export function invalidInput(name: IpcCall, error: z.ZodError): Failure {
  const fields = error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const text = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return { ok: false, error: { code: 'usage/invalid-input', message: `${name}: ${text}`, details: { fields } } };
}
