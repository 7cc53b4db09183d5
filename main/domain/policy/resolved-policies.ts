import type { DoubtPolicy } from '../../contract/doubt.ts';
import type { Criterion } from '../../contract/success.ts';
import type { CatchUpPolicy, OverlapPolicy, Policies } from '../../contract/task.ts';

export interface RetryRule {
  readonly count: number;
  readonly delayMs: number;
  readonly backoff: number;
  readonly maxDelayMs: number;
  /** Random share of the wait, 0 to 1. */
  readonly jitter: number;
  /** Null: retry after every failure and timeout. */
  readonly exitCodes: readonly number[] | null;
}

/** A task's policies with all defaults filled in. */
export interface ResolvedPolicies {
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUpPolicy;
  readonly catchUpWindowMs: number;
  readonly retries: RetryRule;
  readonly timeoutMs: number;
  readonly memoryBytes: number | null;
  readonly outputLimitBytes: number;
  readonly nice: number;
  readonly pauseAfterFailures: number | null;
  readonly jitterMs: number;
  readonly onACPower: boolean;
  readonly online: boolean;
  readonly success: readonly Criterion[];
  readonly doubt: DoubtPolicy;
}

/** The defaults, passed in because this folder imports no values from the contract. */
export interface PolicyDefaults {
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUpPolicy;
  readonly catchUpWindowMs: number;
  readonly retryDelayMs: number;
  readonly retryBackoff: number;
  readonly retryMaxDelayMs: number;
  readonly retryJitter: number;
  readonly timeoutMs: number;
  readonly outputLimitBytes: number;
  readonly nice: number;
  readonly jitterMs: number;
  readonly doubt: DoubtPolicy;
}

const bytesPerMiB = 1024 * 1024;

/**
 * Returns the task's policies with the defaults filled in.
 * @param catchupMissed the older flag of ncp's scheduler: means catch-up `once` if no catch-up policy is set.
 */
export function resolvePolicies(
  policies: Policies | undefined,
  catchupMissed: boolean | undefined,
  defaults: PolicyDefaults,
): ResolvedPolicies {
  return {
    overlap: policies?.overlap ?? defaults.overlap,
    catchUp: policies?.catchUp ?? (catchupMissed === true ? 'once' : defaults.catchUp),
    catchUpWindowMs: policies?.catchUpWindowMs ?? defaults.catchUpWindowMs,
    retries: resolveRetries(policies?.retries, defaults),
    timeoutMs: policies?.timeoutMs ?? defaults.timeoutMs,
    memoryBytes: policies?.memoryMb === undefined ? null : policies.memoryMb * bytesPerMiB,
    outputLimitBytes: policies?.outputLimitBytes ?? defaults.outputLimitBytes,
    nice: policies?.nice ?? defaults.nice,
    pauseAfterFailures: policies?.pauseAfterFailures ?? null,
    jitterMs: policies?.jitterMs ?? defaults.jitterMs,
    onACPower: policies?.conditions?.onACPower ?? false,
    online: policies?.conditions?.online ?? false,
    success: policies?.success ?? [],
    doubt: policies?.doubt ?? defaults.doubt,
  };
}

function resolveRetries(retries: Policies['retries'], defaults: PolicyDefaults): RetryRule {
  return {
    count: retries?.count ?? 0,
    delayMs: retries?.delayMs ?? defaults.retryDelayMs,
    backoff: retries?.backoff ?? defaults.retryBackoff,
    maxDelayMs: retries?.maxDelayMs ?? defaults.retryMaxDelayMs,
    jitter: retries?.jitter ?? defaults.retryJitter,
    exitCodes: retries?.exitCodes ?? null,
  };
}
