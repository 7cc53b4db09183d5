import { z } from 'zod';
import { scheduleAnswerSchema } from '../schedule-answer.ts';
import { instantSchema } from '../task.ts';

const scheduleLoadSchema = z.object({
  steps: z.array(
    z.object({
      /** Tasks that start in the step. */
      starts: z.number().int().nonnegative(),
      /** The most of them that start in one minute. */
      most: z.number().int().nonnegative(),
    }),
  ),
  /** How many tasks run at the same time; more wait. */
  concurrencyLimit: z.number().int().positive(),
  /** Some groups were left out: they start too often to be counted. */
  isPartial: z.boolean(),
});
export type ScheduleLoad = z.infer<typeof scheduleLoadSchema>;

export const scheduleCalls = {
  'schedule.parse': {
    input: z.object({ phrase: z.string(), timezone: z.string().optional() }),
    output: scheduleAnswerSchema,
  },
  /** The slots of a stored schedule in (`from`, `until`], the earliest `limit` of them. */
  'schedule.slots': {
    input: z.object({
      cronExpression: z.string(),
      timezone: z.string(),
      runAt: instantSchema.optional(),
      from: instantSchema,
      until: instantSchema,
      limit: z.number().int().min(1).max(5000).default(1000),
    }),
    output: z.object({ slots: z.array(instantSchema) }),
  },
  /** How many tasks start when, in steps from `from` on. */
  'schedule.load': {
    input: z.object({
      from: instantSchema,
      until: instantSchema,
      stepMs: z.number().int().min(60_000).multipleOf(60_000),
    }),
    output: scheduleLoadSchema,
  },
} as const;
