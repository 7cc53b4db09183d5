import type { Execution, ExecutionStatus } from '../../contract/execution.ts';
import { taskFailed } from '../statuses.ts';
import type { RetryRule } from './resolved-policies.ts';
import { sharedWorkerEnded } from './shared-worker.ts';

/** What decides about a retry. */
interface EndedAttempt extends Pick<Execution, 'exitCode' | 'attempt'> {
  readonly status: ExecutionStatus;
  readonly error?: { readonly code: string } | null;
  readonly askedMs?: number | null;
}

/**
 * Returns the milliseconds to wait before the next attempt, or null when there is none.
 * @param attempt the attempt that just ended, 1 for the first.
 * @param ended.error a run that was interrupted by the end of its shared worker is repeated like a failed one.
 * @param ended.askedMs how long the server asked to wait (Retry-After): the wait is not shorter, up to the longest delay.
 * @param random a number from 0 to 1, injected so that tests can fix the jitter.
 */
export function retryDelay(rule: RetryRule, ended: EndedAttempt, random: number): number | null {
  if (ended.attempt > rule.count) return null;
  if (!taskFailed.has(ended.status) && ended.error?.code !== sharedWorkerEnded) return null;
  if (rule.exitCodes !== null && (ended.exitCode === null || !rule.exitCodes.includes(ended.exitCode))) return null;
  const full = Math.min(rule.delayMs * rule.backoff ** (ended.attempt - 1), rule.maxDelayMs);
  const own = Math.round(full * (1 - rule.jitter) + full * rule.jitter * random);
  return Math.max(own, Math.min(ended.askedMs ?? 0, rule.maxDelayMs));
}
