import { z } from 'zod';

/**
 * What one cron line cannot say about a schedule. `cronExpression` beside it then holds the narrowest cron expression that
 * contains every slot, so that a version that does not know this field never runs less often. The rule counts only while
 * the two belong together: a version that changes `cronExpression` alone replaces the schedule.
 */
export const scheduleRuleSchema = z.looseObject({
  /** Canonical cron expressions; the schedule is due when any of them is. Absent: `cronExpression` is the only one. */
  crons: z.array(z.string().min(1)).min(1).max(60).optional(),
  /**
   * The same with days that cron cannot say (`LW`, `15W`, `L-3`, `3WD`, `13 * +5`), instead of `crons`: a version that does not know
   * them runs at every slot of `cronExpression`.
   */
  lines: z.array(z.string().min(1)).min(1).max(60).optional(),
  /** Only in every `count`th day, week (from Monday) or month, counted from the one with the date `from`, in the zone. */
  every: z
    .looseObject({
      count: z.number().int().min(2).max(1000),
      unit: z.enum(['day', 'week', 'month']),
      from: z.iso.date(),
    })
    .optional(),
  /** Every so many minutes of real time, counted in both directions from an instant. At most 31 days. Excludes the other two. */
  interval: z.looseObject({ minutes: z.number().int().min(1).max(44_640), from: z.iso.datetime() }).optional(),
});
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

/** The schedule of a task or group as stored. */
export interface StoredTimes {
  readonly cronExpression: string;
  readonly runAt?: string | undefined;
  readonly scheduleRule?: ScheduleRule | undefined;
}

/**
 * Returns a stored schedule as exact text that is read back as the same schedule: `0 9 * * 1-5`, an instant,
 * `30 6 * * *; 0 15 * * *`, `0 9 LW * *`, `0 9 * * 5 every 2 weeks from 2026-12-04`, `@every 90m from 2026-12-01T08:00:00.000Z`.
 */
export function scheduleText({ cronExpression, runAt, scheduleRule }: StoredTimes): string {
  if (runAt !== undefined) return runAt;
  const { lines: exact, crons, every, interval } = scheduleRule ?? {};
  if (interval !== undefined) return `@every ${interval.minutes}m from ${interval.from}`;
  const lines = (exact ?? crons ?? [cronExpression]).join('; ');
  return every === undefined ? lines : `${lines} every ${every.count} ${every.unit}s from ${every.from}`;
}
