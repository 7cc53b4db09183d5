import type { WireError } from '../contract/errors.ts';
import { SchedulerError, messageOf } from '../domain/errors.ts';

/** Converts anything that was thrown into the error that a caller receives. */
export function wireError(thrown: unknown): WireError {
  if (thrown instanceof SchedulerError) {
    return { code: thrown.code, message: thrown.message, details: { ...thrown.details } };
  }
  const message = `Something went wrong inside the scheduler: ${messageOf(thrown)}`;
  return { code: 'internal/unexpected', message, details: {} };
}
