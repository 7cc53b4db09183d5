import type { Execution } from '../../contract/execution.ts';
import { retryDelay } from '../../domain/policy/retry.ts';
import type { RetryRule } from '../../domain/policy/resolved-policies.ts';
import { runFailed } from '../../domain/statuses.ts';

/** Returns false for runs that a person started: the person sees the outcome, so it needs no notification. */
export function isUnattended({ trigger }: Execution): boolean {
  return trigger !== 'manual' && trigger !== 'test' && trigger !== 'backfill';
}

/** Returns whether this is a failure that no retry follows. A run that a person stopped is not a failure. */
export function isLastFailure({ status, exitCode, attempt, error }: Execution, retries: RetryRule): boolean {
  return runFailed.has(status) && retryDelay(retries, { status, exitCode, attempt, error }, 0) === null;
}

/** Returns the cause of a failure. Repeated failures with the same cause get one notification. */
export function causeOf({ status, exitCode, error }: Execution): string {
  return `${status} ${error?.code ?? ''} ${exitCode ?? ''}`;
}
