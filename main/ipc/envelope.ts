import type { z } from 'zod';
import { wireError } from '../application/wire-error.ts';
import type { WireError } from '../contract/errors.ts';
import type { IpcCall } from '../contract/ipc.ts';

interface Failure {
  readonly ok: false;
  readonly error: WireError;
}

/** Returns an error as an envelope. If it was thrown, `ipcMain.handle` would keep only its message (electron#24427). */
export function failureEnvelope(problem: unknown): Failure {
  return { ok: false, error: wireError(problem) };
}

export function invalidInput(name: IpcCall, error: z.ZodError): Failure {
  const fields = error.issues.map((issue) => ({ field: issue.path.join('.'), message: issue.message }));
  const text = fields.map(({ field, message }) => `${field}: ${message}`).join('; ');
  return { ok: false, error: { code: 'usage/invalid-input', message: `${name}: ${text}`, details: { fields } } };
}
