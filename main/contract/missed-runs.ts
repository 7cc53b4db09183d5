import { z } from 'zod';
import { instantSchema } from './task.ts';

/** Limit of missed slots that a report covers, latest first. */
export const missedSlotLimit = 1000;

const missedTaskSchema = z.object({
  taskId: z.string(),
  taskName: z.string(),
  count: z.number().int().positive(),
  /** Its earliest and its latest slot that was missed. */
  first: instantSchema,
  last: instantSchema,
});
export type MissedTask = z.infer<typeof missedTaskSchema>;

/**
 * Why slots were missed. `silence`: no other task started around them, so the machine was off or asleep, the person was
 * logged out or the app was closed. `others-ran`: another task started within five minutes, so the machine was on.
 */
const missedCauseSchema = z.enum(['silence', 'others-ran']);
export type MissedCause = z.infer<typeof missedCauseSchema>;

/** The slots that were missed and have not run since, by cause. */
export const missedReportSchema = z.object({
  count: z.number().int().nonnegative(),
  /** True if there are more than the report covers. */
  isPartial: z.boolean(),
  /** When the last of them was recorded as missed. Null if there are none. */
  recordedAt: instantSchema.nullable(),
  causes: z.array(
    z.object({
      cause: missedCauseSchema,
      count: z.number().int().positive(),
      first: instantSchema,
      last: instantSchema,
      /** The task with the most missed slots first. */
      tasks: z.array(missedTaskSchema),
    }),
  ),
});
export type MissedReport = z.infer<typeof missedReportSchema>;
