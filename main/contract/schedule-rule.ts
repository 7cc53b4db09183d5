import { z } from 'zod';
import { eventNameSchema, eventTexts } from './events.ts';
import type { EventName } from './events.ts';

/**
 * The `runAt` of a task without a schedule. A version that does not know `events` takes the task as due once, at this
 * instant, and so never runs it. Not later: systemd refuses years after 2199.
 */
export const neverRunAt = '2199-01-01T00:00:00.000Z';

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
  /**
   * No times: the events that start the task (`EventName`), or none if it runs only on demand. Counts only beside
   * `neverRunAt`, so that a version that does not know one of the events never runs the task.
   */
  events: z.array(z.string()).max(20).optional(),
});
export type ScheduleRule = z.infer<typeof scheduleRuleSchema>;

/** The schedule of a task or group as stored. */
export interface StoredTimes {
  readonly cronExpression: string;
  readonly runAt?: string | undefined;
  readonly scheduleRule?: ScheduleRule | undefined;
}

/** Returns whether a task has no schedule: only a person, an agent or another task starts it. */
export function isOnDemand({ runAt, scheduleRule }: Omit<StoredTimes, 'cronExpression'>): boolean {
  return runAt === neverRunAt && scheduleRule?.events?.length === 0;
}

/** Returns the events that start a task, instead of times. Empty for every other task, and if any event is unknown here. */
export function eventsOf({ runAt, scheduleRule }: Omit<StoredTimes, 'cronExpression'>): readonly EventName[] {
  if (runAt !== neverRunAt || scheduleRule?.events === undefined) return [];
  const known = eventNameSchema.array().safeParse(scheduleRule.events).data ?? [];
  return eventNameSchema.options.filter((event) => known.includes(event));
}

/** Returns whether it is unknown when a task runs next: events start it, or only a person, an agent or another task. */
export const hasNoTimes = (stored: Omit<StoredTimes, 'cronExpression'>): boolean =>
  isOnDemand(stored) || eventsOf(stored).length > 0;

/** Returns whether the next event of a task is skipped: its instant is not known, so `skipUntil` is `neverRunAt`. */
export const skipsNextEvent = (
  task: Omit<StoredTimes, 'cronExpression'> & { readonly skipUntil?: string | undefined },
) => eventsOf(task).length > 0 && task.skipUntil === neverRunAt;

/** Returns the instant of a one-off schedule; undefined for every other. */
export function onceAt(stored: Omit<StoredTimes, 'cronExpression'>): string | undefined {
  return hasNoTimes(stored) ? undefined : stored.runAt;
}

/**
 * Returns a stored schedule as exact text that is read back as the same schedule: `0 9 * * 1-5`, an instant,
 * `30 6 * * *; 0 15 * * *`, `0 9 LW * *`, `0 9 * * 5 every 2 weeks from 2026-12-04`, `@every 90m from 2026-12-01T08:00:00.000Z`,
 * `on demand`, `at login or on wake`.
 */
export function scheduleText({ cronExpression, runAt, scheduleRule }: StoredTimes): string {
  if (isOnDemand({ runAt, scheduleRule })) return 'on demand';
  const events = eventsOf({ runAt, scheduleRule });
  if (events.length > 0) return events.map((event) => eventTexts[event]).join(' or ');
  if (runAt !== undefined) return runAt;
  const { lines: exact, crons, every, interval } = scheduleRule ?? {};
  if (interval !== undefined) return `@every ${interval.minutes}m from ${interval.from}`;
  const lines = (exact ?? crons ?? [cronExpression]).join('; ');
  return every === undefined ? lines : `${lines} every ${every.count} ${every.unit}s from ${every.from}`;
}
