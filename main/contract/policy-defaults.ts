import type { BuiltInToolName } from './built-in/built-ins.ts';
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

/** Whether a tool can share a worker: those can that hold little memory in it, such as a child process or one request. */
const sharing = {
  'shell:run': true,
  'http:request': true,
  'agent:run': false,
} as const satisfies Readonly<Record<BuiltInToolName, boolean>>;
export type ShareableTool = {
  [T in BuiltInToolName]: (typeof sharing)[T] extends true ? T : never;
}[BuiltInToolName];

/** Returns whether runs of a tool can share a worker. Those of MCP servers cannot. */
export const canShareWorker = (tool: string): boolean =>
  Object.hasOwn(sharing, tool) && sharing[tool as BuiltInToolName];
