import { z } from 'zod';
import { executionSchema } from './execution.ts';
import { wireErrorSchema } from './errors.ts';
import { instantSchema } from './task.ts';
import { testDraftSchema } from './test-run.ts';

/** Where a click, a link or a second launch leads inside the window. */
export const navigationTargetSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('overview') }),
  z.object({ view: z.literal('groups') }),
  z.object({ view: z.literal('execution'), executionId: z.string() }),
  z.object({ view: z.literal('timeline') }),
  /** What agents asked for: this one, or the oldest that waits. */
  z.object({ view: z.literal('proposal'), proposalId: z.string().optional() }),
  z.object({ view: z.literal('new-task') }),
  z.object({ view: z.literal('quick-add') }),
  z.object({ view: z.literal('settings') }),
]);
export type NavigationTarget = z.infer<typeof navigationTargetSchema>;

/**
 * The control socket's methods. One JSON document a line each way; the answer carries the request's id.
 * It exists for running, cancelling and notifying only: definitions are read and written in the store.
 */
export const controlMethods = {
  /** Who answers: used to tell a live primary from a stale socket file. */
  ping: { params: z.object({}), result: z.object({ pid: z.number().int(), version: z.string() }) },
  /** Fire a timing group: every due slot, or exactly `slot`. Answers when all its executions ended. */
  'timing.run': {
    params: z.object({ timingId: z.string(), slot: instantSchema.optional() }),
    result: z.object({ timingId: z.string(), executions: z.array(executionSchema) }),
  },
  /** Run a task now (trigger `manual`). */
  'task.trigger': {
    params: z.object({ taskId: z.string(), wait: z.boolean().default(true), test: z.boolean().default(false) }),
    result: z.object({ execution: executionSchema }),
  },
  /** Run what is not saved, as a test, and wait for the outcome. */
  'task.test': {
    params: z.object({ draft: testDraftSchema }),
    result: z.object({ execution: executionSchema }),
  },
  'execution.cancel': {
    params: z.object({ executionId: z.string() }),
    result: z.object({ execution: executionSchema }),
  },
  /** Bring the window to the front, on this view. */
  'window.show': { params: z.object({ target: navigationTargetSchema.optional() }), result: z.object({}) },
} as const;
export type ControlMethod = keyof typeof controlMethods;
export type ControlParams<M extends ControlMethod> = z.input<(typeof controlMethods)[M]['params']>;
export type ParsedControlParams<M extends ControlMethod> = z.output<(typeof controlMethods)[M]['params']>;
export type ControlResult<M extends ControlMethod> = z.output<(typeof controlMethods)[M]['result']>;

export const controlRequestSchema = z.object({ id: z.number().int(), method: z.string(), params: z.unknown() });
export const controlResponseSchema = z.union([
  z.object({ id: z.number().int(), ok: z.literal(true), result: z.unknown() }),
  z.object({ id: z.number().int(), ok: z.literal(false), error: wireErrorSchema }),
]);
