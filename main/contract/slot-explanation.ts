import { z } from 'zod';
import { slotRecordSchema } from './execution.ts';
import { instantSchema } from './task.ts';

/** One fact about why a slot did not run. Facts come in the order in which a person should read them. */
const slotFactSchema = z.discriminatedUnion('kind', [
  /** The task, or all schedules, were paused. `until` is the end that was set. */
  z.object({
    kind: z.enum(['paused', 'all-paused']),
    author: z.string(),
    at: instantSchema,
    until: instantSchema.nullable(),
    note: z.string().nullable(),
  }),
  /** The slot was skipped on request. */
  z.object({ kind: z.literal('skipped'), author: z.string(), at: instantSchema }),
  /** An earlier run of the task had not ended. `endedAt` is null if it still runs. */
  z.object({
    kind: z.literal('in-the-way'),
    executionId: z.string(),
    startedAt: instantSchema,
    endedAt: instantSchema.nullable(),
  }),
  /** Another task started at about that time, so the machine was on. */
  z.object({ kind: z.literal('others-ran'), executionId: z.string(), taskName: z.string(), at: instantSchema }),
  /** No task started between these instants. Null: no run is recorded before, or the slot is not settled yet. */
  z.object({ kind: z.literal('silence'), since: instantSchema.nullable(), until: instantSchema.nullable() }),
  /** The state of the group's entry in the OS scheduler now. */
  z.object({
    kind: z.literal('entry'),
    state: z.enum(['missing', 'drifted', 'in-process']),
    /** Of the OS scheduler: `systemd`, `cron`, … */
    scheduler: z.string(),
  }),
  /** What limits the OS scheduler on this machine, such as timers that need a login. */
  z.object({ kind: z.literal('scheduler-note'), message: z.string() }),
  z.object({ kind: z.literal('catch-up-off') }),
  z.object({ kind: z.literal('start-date'), at: instantSchema }),
  z.object({ kind: z.literal('end-date'), at: instantSchema }),
  z.object({ kind: z.literal('run-limit'), limit: z.number().int().positive() }),
]);
export type SlotFact = z.infer<typeof slotFactSchema>;

/**
 * What a person can do about it. `resume`, `resume-all`: end the pause. `fix-entries`: install the entry again.
 * `catch-up`: run the latest missed slot later, from now on. `run-missed`: run slots of the past. `edit`: change the task.
 */
const slotFixSchema = z.enum(['resume', 'resume-all', 'fix-entries', 'catch-up', 'run-missed', 'edit']);
export type SlotFix = z.infer<typeof slotFixSchema>;

export const slotExplanationSchema = z.object({
  record: slotRecordSchema,
  facts: z.array(slotFactSchema),
  /** The best fix first. Empty if there is nothing to fix. */
  fixes: z.array(slotFixSchema),
});
export type SlotExplanation = z.infer<typeof slotExplanationSchema>;
