import { describe, expect, it } from 'vitest';
import { retryDelay } from './retry.ts';
import type { RetryRule } from './resolved-policies.ts';

const rule: RetryRule = { count: 3, delayMs: 1000, backoff: 2, maxDelayMs: 3000, jitter: 0, exitCodes: null };
const failed = (attempt: number, exitCode: number | null = 1) => ({ status: 'failure' as const, exitCode, attempt });

describe('the wait before a retry', () => {
  it('grows by the backoff factor up to the cap', () =>
    expect([1, 2, 3].map((attempt) => retryDelay(rule, failed(attempt), 0))).toEqual([1000, 2000, 3000]));
  it('ends after the last attempt', () => expect(retryDelay(rule, failed(4), 0)).toBeNull());
  it('is as long as the server asked, but not longer than the longest delay', () => {
    const waits = [0, 500, 2500, 86_400_000].map((askedMs) => retryDelay(rule, { ...failed(1), askedMs }, 0));
    expect(waits).toEqual([1000, 1000, 2500, 3000]);
  });
  it('varies by the jitter', () => {
    const jittered = { ...rule, jitter: 0.5 };
    expect([0, 1].map((random) => retryDelay(jittered, failed(1), random))).toEqual([500, 1000]);
  });
});

describe('a retry', () => {
  it('follows a timeout', () =>
    expect(retryDelay(rule, { status: 'timeout', exitCode: null, attempt: 1 }, 0)).toBe(1000));
  it('follows a run that ended with its shared worker, and no other interrupted run', () => {
    const ended = { status: 'interrupted' as const, exitCode: null, attempt: 1 };
    expect(retryDelay(rule, { ...ended, error: { code: 'worker/shared-ended' } }, 0)).toBe(1000);
    expect(retryDelay(rule, { ...ended, error: { code: 'execution/interrupted' } }, 0)).toBeNull();
  });
  it('does not follow a cancelled run', () =>
    expect(retryDelay(rule, { status: 'cancelled', exitCode: null, attempt: 1 }, 0)).toBeNull());
  it('does not follow an exit code that is not listed', () => {
    const listed = { ...rule, exitCodes: [75] };
    expect(retryDelay(listed, failed(1, 1), 0)).toBeNull();
    expect(retryDelay(listed, failed(1, null), 0)).toBeNull();
    expect(retryDelay(listed, failed(1, 75), 0)).toBe(1000);
  });
});
