import type { Execution } from '../../contract/execution.ts';
import { retryDelay } from '../../domain/policy/retry.ts';
import type { RetryRule } from '../../domain/policy/resolved-policies.ts';

/** Runs that a person started by hand are watched by that person, so they raise nothing. */
export function isUnattended({ trigger }: Execution): boolean {
  return trigger !== 'manual' && trigger !== 'test';
}

/** A failure that nothing mends by itself: no retry follows. Stopped by a person is no failure. */
export function isLastFailure({ status, exitCode, attempt }: Execution, retries: RetryRule): boolean {
  if (status === 'interrupted') return true;
  if (status !== 'failure' && status !== 'timeout') return false;
  return retryDelay(retries, { status, exitCode, attempt }, 0) === null;
}

/** Two failures of a task with the same cause are one piece of news. */
export function causeOf({ status, exitCode, error }: Execution): string {
  return `${status} ${error?.code ?? ''} ${exitCode ?? ''}`;
}
