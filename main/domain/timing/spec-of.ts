import { DateTime } from 'luxon';
import { parseCron } from '../cron/parse-cron.ts';
import { SchedulerError } from '../errors.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { assertTimeZone } from './time-zone.ts';

/** A schedule as stored in `schedule.json`. */
export interface StoredSchedule {
  readonly cronExpression: string;
  readonly timezone: string;
  /** Only for a one-shot: its instant. */
  readonly runAt?: string | undefined;
}

/**
 * Returns the schedule of a stored task or timing.
 *
 * @throws SchedulerError of `parseCron` and `assertTimeZone`, or `schedule/invalid-instant` for an invalid `runAt`.
 */
export function specOf(stored: StoredSchedule): ScheduleSpec {
  const timezone = assertTimeZone(stored.timezone);
  if (stored.runAt === undefined) return { kind: 'cron', cron: parseCron(stored.cronExpression), timezone };
  const atMs = Date.parse(stored.runAt);
  if (Number.isNaN(atMs)) {
    throw new SchedulerError(
      'schedule/invalid-instant',
      `runAt "${stored.runAt}" is not an instant. Write it like 2026-12-03T14:15:00.000Z.`,
      { field: 'runAt', value: stored.runAt },
    );
  }
  return { kind: 'once', atMs, timezone };
}

/**
 * Returns the stored form of a schedule. A one-shot's `cronExpression` is its minute, hour, day and month in its zone.
 */
export function storedSchedule(spec: ScheduleSpec): { cronExpression: string; timezone: string; runAt?: string } {
  const { timezone } = spec;
  if (spec.kind === 'cron') return { cronExpression: spec.cron.canonical, timezone };
  const local = DateTime.fromMillis(spec.atMs, { zone: timezone });
  const cronExpression = `${local.minute} ${local.hour} ${local.day} ${local.month} *`;
  return { cronExpression, timezone, runAt: new Date(spec.atMs).toISOString() };
}

/** Returns a schedule as a person could write it, in a form that does not depend on when it is read. */
export function fixedSchedule(spec: ScheduleSpec): { schedule: string; timezone: string } {
  const { cronExpression, timezone, runAt } = storedSchedule(spec);
  return { schedule: runAt ?? cronExpression, timezone };
}
