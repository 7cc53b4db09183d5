import { z } from 'zod';
import { executionSchema } from './execution.ts';
import { instantSchema } from './task.ts';

/**
 * Which slots that already ran run again: those whose last run was cancelled or interrupted, also those whose last run
 * failed, or all.
 */
const againSchema = z.enum(['unfinished', 'failed', 'all']);

/** Asks to run slots of the past. */
export const backfillRequestSchema = z.object({
  taskId: z.string(),
  /** The first slot may be at this instant. */
  since: instantSchema,
  /** The last slot may be at this instant. @default now */
  until: instantSchema.optional(),
  /** Only slots that were missed because no scheduler was running. @default false */
  onlyMissed: z.boolean().optional(),
  /** Absent: a slot that already ran does not run again. */
  again: againSchema.optional(),
});
export type BackfillRequest = z.infer<typeof backfillRequestSchema>;

/** A slot of the past that can run. */
export const pastSlotSchema = z.object({
  slot: instantSchema,
  /** When the claim was recorded that this run replaces; null for a slot that has not run. */
  replaces: instantSchema.nullable(),
});
export type PastSlot = z.infer<typeof pastSlotSchema>;

/** What a backfill would do. */
export const backfillPreviewSchema = z.object({
  taskId: z.string(),
  taskName: z.string(),
  since: instantSchema,
  until: instantSchema,
  /** The slots that would run, oldest first. */
  slots: z.array(instantSchema),
  /** Number of slots in the period that do not run, by reason. */
  left: z.object({
    /** They already ran, or are running. */
    ran: z.number().int(),
    /** They were skipped by a rule, or the task did not exist, and `onlyMissed` was asked for. */
    notMissed: z.number().int(),
    /** Their records may have been deleted or lost, so they may have run. `again: all` runs them. */
    unknown: z.number().int(),
  }),
});
export type BackfillPreview = z.infer<typeof backfillPreviewSchema>;

export const backfillResultSchema = backfillPreviewSchema.extend({
  /** The last run of each slot that this backfill ran, in the order of the slots. */
  executions: z.array(executionSchema),
  /** The earliest slot that did not start, because the backfill was stopped; null if all did. */
  next: instantSchema.nullable(),
});
export type BackfillResult = z.infer<typeof backfillResultSchema>;
