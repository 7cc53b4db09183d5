import type { DoubtPolicy } from '../../contract/doubt.ts';
import type { LongAfter } from '../../contract/attention.ts';
import type { WorkerPolicy } from '../../contract/worker-policy.ts';
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
  readonly processes: number | null;
  readonly outputLimitBytes: number;
  readonly nice: number;
  readonly pauseAfterFailures: number | null;
  readonly jitterMs: number;
  readonly onACPower: boolean;
  readonly online: boolean;
  readonly success: readonly Criterion[];
  readonly doubt: DoubtPolicy;
  readonly worker: WorkerPolicy;
  /** What becomes of a run whose member of the fleet is lost. */
  readonly ifLost: NonNullable<Policies['ifLost']>;
  /** When the task needs attention; null for a limit that is not set. */
  readonly attention: AttentionRules;
}

export interface AttentionRules {
  readonly lateAfterMs: number | null;
  readonly longAfter: LongAfter | null;
  readonly overdueAfterMs: number | null;
}

/** The defaults, passed in because this folder imports no values from the contract. */
export interface PolicyDefaults {
  readonly overlap: OverlapPolicy;
  readonly catchUp: CatchUpPolicy;
  /** The catch-up policy of one-off tasks. */
  readonly catchUpOnce: CatchUpPolicy;
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
  readonly worker: WorkerPolicy;
  readonly ifLost: NonNullable<Policies['ifLost']>;
  readonly lateAfterMs?: number | undefined;
  readonly longAfter?: LongAfter | undefined;
  readonly overdueAfterMs?: number | undefined;
}

const bytesPerMiB = 1024 * 1024;

/**
 * Returns the task's policies with the defaults filled in.
 * @param catchupMissed the older flag of ncp's scheduler: means catch-up `once` if no catch-up policy is set.
 * @param isOnce true for a one-off task, which has another default for catch-up
 */
export function resolvePolicies(
  policies: Policies | undefined,
  catchupMissed: boolean | undefined,
  defaults: PolicyDefaults,
  isOnce = false,
): ResolvedPolicies {
  const catchUp = isOnce ? defaults.catchUpOnce : defaults.catchUp;
  return {
    overlap: policies?.overlap ?? defaults.overlap,
    catchUp: policies?.catchUp ?? (catchupMissed === true ? 'once' : catchUp),
    catchUpWindowMs: policies?.catchUpWindowMs ?? defaults.catchUpWindowMs,
    retries: resolveRetries(policies?.retries, defaults),
    timeoutMs: policies?.timeoutMs ?? defaults.timeoutMs,
    memoryBytes: policies?.memoryMb === undefined ? null : policies.memoryMb * bytesPerMiB,
    processes: policies?.maxProcesses ?? null,
    outputLimitBytes: policies?.outputLimitBytes ?? defaults.outputLimitBytes,
    nice: policies?.nice ?? defaults.nice,
    pauseAfterFailures: policies?.pauseAfterFailures ?? null,
    jitterMs: policies?.jitterMs ?? defaults.jitterMs,
    onACPower: policies?.conditions?.onACPower ?? false,
    online: policies?.conditions?.online ?? false,
    success: policies?.success ?? [],
    doubt: policies?.doubt ?? defaults.doubt,
    worker: policies?.worker ?? defaults.worker,
    ifLost: policies?.ifLost ?? defaults.ifLost,
    attention: attentionRules(policies, defaults),
  };
}

/**
 * Returns when a task needs attention, with the defaults of the settings. A limit of 0 means none, so that a task can
 * do without a default.
 */
export function attentionRules(
  policies: Policies | undefined,
  defaults: Pick<PolicyDefaults, 'lateAfterMs' | 'longAfter' | 'overdueAfterMs'>,
): AttentionRules {
  const longAfter = policies?.longAfter ?? defaults.longAfter ?? null;
  return {
    lateAfterMs: limitOf(policies?.lateAfterMs, defaults.lateAfterMs),
    longAfter: longAfter?.ms === 0 ? null : longAfter,
    overdueAfterMs: limitOf(policies?.overdueAfterMs, defaults.overdueAfterMs),
  };
}

const limitOf = (own: number | undefined, fallback: number | undefined): number | null => {
  const limit = own ?? fallback ?? 0;
  return limit === 0 ? null : limit;
};

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
