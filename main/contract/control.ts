import { z } from 'zod';
import { pastSlotSchema } from './backfill.ts';
import { executionSchema } from './execution.ts';
import { wireErrorSchema } from './errors.ts';
import { keptServersAnswerSchema } from './kept-servers.ts';
import { instantSchema } from './task.ts';
import { testDraftSchema } from './test-run.ts';

/** The view of the window that a click, a link or a second launch opens. */
export const navigationTargetSchema = z.discriminatedUnion('view', [
  z.object({ view: z.literal('overview') }),
  z.object({ view: z.literal('groups') }),
  /** `line` is a line of its log, from 1. `machine` is the name of another machine; absent for this one. */
  z.object({
    view: z.literal('execution'),
    executionId: z.string(),
    line: z.number().int().positive().optional(),
    machine: z.string().optional(),
  }),
  z.object({ view: z.literal('task'), taskId: z.string() }),
  z.object({ view: z.literal('timeline') }),
  /** This proposal, or the oldest pending one. */
  z.object({ view: z.literal('proposal'), proposalId: z.string().optional() }),
  z.object({ view: z.literal('new-task') }),
  z.object({ view: z.literal('quick-add') }),
  z.object({ view: z.literal('settings') }),
]);
export type NavigationTarget = z.infer<typeof navigationTargetSchema>;

/** What the primary is for a person. A primary of an earlier version says nothing of it. */
const primaryFaceSchema = z.object({
  face: z.enum(['app', 'serve']).optional(),
  /** Origin at which it shows its window in a browser, such as `http://127.0.0.1:7377`; absent if it does not. */
  web: z.string().optional(),
});
export type PrimaryFace = z.infer<typeof primaryFaceSchema>;

/** What a person approved, for the process that runs it. */
const approvalSchema = z.object({
  proposalId: z.string(),
  /** `preview.basis` of what the person saw. */
  basis: z.string(),
});
export type Approval = z.infer<typeof approvalSchema>;

/**
 * The methods of the control socket. Requests and answers are JSON documents, one per line; an answer has its request's
 * id. The socket is only for running, cancelling and notifying: definitions are read and written in the store.
 */
export const controlMethods = {
  /** Identifies the primary, to tell a live one from a stale socket file. */
  ping: { params: z.object({}), result: primaryFaceSchema.extend({ pid: z.number().int(), version: z.string() }) },
  /** Runs the due slots of a group, or only `slot`. Answers when all runs have ended. */
  'timing.run': {
    params: z.object({ timingId: z.string(), slot: instantSchema.optional() }),
    result: z.object({ timingId: z.string(), executions: z.array(executionSchema) }),
  },
  /** Runs a task now, with trigger `manual`. */
  'task.trigger': {
    params: z.object({ taskId: z.string(), wait: z.boolean().default(true), test: z.boolean().default(false) }),
    result: z.object({ execution: executionSchema }),
  },
  /**
   * As `task.trigger` without waiting, if the task still is what a person approved. A method of its own: an older primary
   * refuses it, and would ignore a parameter.
   */
  'task.run-approved': {
    params: z.object({ taskId: z.string(), approval: approvalSchema }),
    result: z.object({ execution: executionSchema }),
  },
  /** As `task.test`, if the MCP server of the draft still is what a person approved. */
  'task.test-approved': {
    params: z.object({ draft: testDraftSchema, approval: approvalSchema }),
    result: z.object({ execution: executionSchema }),
  },
  /** Runs an unsaved draft as a test, and waits for the outcome. */
  'task.test': {
    params: z.object({ draft: testDraftSchema }),
    result: z.object({ execution: executionSchema }),
  },
  /** Runs one slot of the past for a backfill, and waits for the outcome. Null if it was not started. */
  'slot.run-past': {
    params: pastSlotSchema.extend({ taskId: z.string() }),
    result: z.object({ execution: executionSchema.nullable() }),
  },
  /** As `slot.run-past`, if the task still is what a person approved. */
  'slot.run-past-approved': {
    params: pastSlotSchema.extend({ taskId: z.string(), approval: approvalSchema }),
    result: z.object({ execution: executionSchema.nullable() }),
  },
  'execution.cancel': {
    params: z.object({ executionId: z.string() }),
    result: z.object({ execution: executionSchema }),
  },
  /** The MCP servers that the primary keeps. */
  'servers.kept': { params: z.object({}), result: keptServersAnswerSchema },
  /** Ends the kept servers of a name, and waits until they have ended. */
  'servers.end': { params: z.object({ server: z.string() }), result: keptServersAnswerSchema },
  /** Brings the window to the front, with this view. */
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
