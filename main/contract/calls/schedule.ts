import { z } from 'zod';
import { calendarPolicySchema } from '../calendars.ts';
import { scheduleAnswerSchema } from '../schedule-answer.ts';
import { scheduleRuleSchema } from '../schedule-rule.ts';
import { instantSchema } from '../task.ts';

/** The schedule of a task or group as stored. */
const storedSchema = z.object({
  cronExpression: z.string(),
  timezone: z.string(),
  runAt: instantSchema.optional(),
  scheduleRule: scheduleRuleSchema.optional(),
});

const scheduleLoadSchema = z.object({
  steps: z.array(
    z.object({
      /** Number of tasks that start in this step. */
      starts: z.number().int().nonnegative(),
      /** Largest number of tasks that start in one minute of this step. */
      most: z.number().int().nonnegative(),
    }),
  ),
  /** Maximum number of tasks that run at the same time. Further tasks wait. */
  concurrencyLimit: z.number().int().positive(),
  /** True if some groups are not counted, because they start too often. */
  isPartial: z.boolean(),
  /** Scheduled runs of the last 24 hours that waited because as many as allowed were running. */
  waited: z.object({ count: z.number().int().nonnegative(), longestMs: z.number().nonnegative() }),
});
export type ScheduleLoad = z.infer<typeof scheduleLoadSchema>;

export const scheduleCalls = {
  'schedule.parse': {
    input: z.object({
      phrase: z.string(),
      timezone: z.string().optional(),
      /** The calendars of the task: the next runs are then those on its days. */
      calendars: calendarPolicySchema.optional(),
    }),
    output: scheduleAnswerSchema,
  },
  /** Returns the words that a person would type for a stored schedule; null if there are none that mean exactly it. */
  'schedule.words': {
    input: storedSchema,
    output: z.object({ words: z.string().nullable() }),
  },
  /** Returns the earliest `limit` slots in (`from`, `until`] at which active tasks of a group run. */
  'schedule.slots': {
    input: z.object({
      timingId: z.string(),
      from: instantSchema,
      until: instantSchema,
      limit: z.number().int().min(1).max(5000).default(1000),
    }),
    output: z.object({
      slots: z.array(instantSchema),
      /** By slot, the active tasks of the group that do not run at it, because their calendars leave out its day. */
      absent: z.record(z.string(), z.array(z.string())),
    }),
  },
  /** Returns how many tasks start in each step from `from` on. */
  'schedule.load': {
    input: z.object({
      from: instantSchema,
      until: instantSchema,
      stepMs: z.number().int().min(60_000).multipleOf(60_000),
    }),
    output: scheduleLoadSchema,
  },
} as const;
