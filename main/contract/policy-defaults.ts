import type { CatchUpPolicy, Task } from './task.ts';

/**
 * The defaults of all policies.
 * Not in `task.ts`, so that the window can show them without including the schemas.
 */
export const policyDefaults = {
  overlap: 'skip',
  catchUp: 'skip',
  /** Of a one-off task. It has no later slot, so it runs late instead of never. */
  catchUpOnce: 'once',
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
  worker: 'shared',
  ifLost: 'leave',
} as const satisfies Record<string, unknown>;

/** Returns which missed slots of a task run later, with the default of its kind. */
export function catchUpOf(task: Pick<Task, 'policies' | 'catchupMissed' | 'runAt'>): CatchUpPolicy {
  const fallback = task.runAt === undefined ? policyDefaults.catchUp : policyDefaults.catchUpOnce;
  return task.policies?.catchUp ?? (task.catchupMissed === true ? 'once' : fallback);
}

/** The tools that can share a worker, because they hold little memory in it: a child process, or one request. */
export const shareableTools = ['shell:run', 'http:request'] as const;
export type ShareableTool = (typeof shareableTools)[number];
