/**
 * The defaults of all policies.
 * Not in `task.ts`, so that the window can show them without including the schemas.
 */
export const policyDefaults = {
  overlap: 'skip',
  catchUp: 'skip',
  catchUpWindowMs: 24 * 3_600_000,
  retryDelayMs: 10_000,
  retryBackoff: 2,
  retryMaxDelayMs: 3_600_000,
  retryJitter: 0.1,
  timeoutMs: 300_000,
  outputLimitBytes: 10 * 1024 * 1024,
  nice: 0,
  jitterMs: 0,
  doubt: 'mark',
} as const satisfies Record<string, unknown>;
