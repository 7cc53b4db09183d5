import { z } from 'zod';
import { instantSchema } from './task.ts';

/** What a phrase, cron expression or instant means, before anything is saved. */
export const scheduleAnswerSchema = z.object({
  kind: z.enum(['cron', 'once']),
  /** Canonical cron; null for a one-shot. */
  cron: z.string().nullable(),
  timezone: z.string(),
  /** The instant of a one-shot; null for a recurring schedule. */
  runAt: instantSchema.nullable(),
  /** The schedule in plain words. */
  sentence: z.string(),
  /** Facts that may be a surprise: steps that do not divide the hour, day of the month with weekday, DST, … */
  warnings: z.array(z.string()),
  /** The next five slots (one for a one-shot). */
  nextRuns: z.array(instantSchema),
});
export type ScheduleAnswer = z.infer<typeof scheduleAnswerSchema>;
