import { z } from 'zod';
import { scheduleRuleSchema } from './schedule-rule.ts';
import { instantSchema } from './task.ts';

/** What a phrase, cron expression or instant means, before anything is saved. */
export const scheduleAnswerSchema = z.object({
  kind: z.enum(['cron', 'once', 'combined', 'interval', 'event', 'on-demand']),
  /** Canonical cron; for `combined` and `interval` the narrowest that contains every slot. Null for a one-shot, for `event` and for `on-demand`. */
  cron: z.string().nullable(),
  timezone: z.string(),
  /** What one cron expression cannot say: several lines, every nth day, week or month, an interval of real time, or events. */
  scheduleRule: scheduleRuleSchema.optional(),
  /** The instants before and after which a phrase says that nothing runs: "from 1 December until 24 December". */
  startDate: instantSchema.optional(),
  endDate: instantSchema.optional(),
  /** The instant of a one-shot; null for every other schedule. */
  runAt: instantSchema.nullable(),
  /** The same as DTSTART and RRULE (RFC 5545), which calendars read; null if one rule cannot say it. Older versions send none. */
  rrule: z.string().nullable().optional(),
  /** The schedule in plain words. */
  sentence: z.string(),
  /** Facts that may be a surprise: steps that do not divide the hour, day of the month with weekday, DST, … */
  warnings: z.array(z.string()),
  /** The next five slots (one for a one-shot); with calendars those at which the task runs. */
  nextRuns: z.array(instantSchema),
  /** The slots among the next runs that calendars leave out, with the reason: `Germany, Christmas Day`. Absent without calendars. */
  daysOff: z.array(z.object({ slot: instantSchema, reason: z.string() })).optional(),
});
export type ScheduleAnswer = z.infer<typeof scheduleAnswerSchema>;
