import { combineLines, productsOf } from '../../domain/cron/combine-lines.ts';
import type { CronExpression } from '../../domain/cron/cron-sets.ts';
import { everyDay } from '../../domain/cron/normal-days.ts';
import { cronOf } from '../../domain/cron/parse-cron.ts';
import { dayMs, minuteMs } from '../../domain/durations.ts';
import type { IntervalSchedule, ScheduleSpec } from '../../domain/timing/schedule-spec.ts';

/** The cron lines of an entry: what every OS scheduler can say, at least as a superset. */
export interface EntryLines {
  readonly lines: readonly CronExpression[];
  readonly timezone: string;
  /** False: the lines also fire at other times, and the slot check finds nothing due. */
  readonly exact: boolean;
}

const allMonths = Array.from({ length: 12 }, (_, index) => index + 1);
const dayMinutes = dayMs / minuteMs;
const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const weekMinutes = 7 * dayMinutes;
/** 1 January 1970 was a Thursday. */
const firstWeekday = 4;

/** Wakes the machine needlessly at most this often in an hour; above it, an interval that divides a week lists its days. */
const MOST_EXTRA_PER_HOUR = 1;

/** Returns the times of an interval in one week of UTC, each weekday by itself. */
function weekLines({ minutes, anchorMs }: IntervalSchedule): CronExpression[] {
  const first = (((anchorMs / minuteMs) % minutes) + minutes) % minutes;
  const times = Array.from({ length: weekMinutes / minutes }, (_, index) => first + index * minutes);
  const lines = Array.from({ length: 7 }, (_, day) => day).flatMap((day) => {
    const today = times.filter((time) => Math.floor(time / dayMinutes) === day).map((time) => time % dayMinutes);
    const days = { ...everyDay, weekdays: [(day + firstWeekday) % 7] };
    return productsOf(today).flatMap((product) => cronOf(product.minutes, product.hours, allMonths, days) ?? []);
  });
  return combineLines(lines);
}

/** Returns by how much an interval wakes the machine needlessly, in starts an hour, if its entry fires at every step. */
function extraPerHour({ minutes }: IntervalSchedule): number {
  return 60 / greatestDivisor(minutes, dayMinutes) - 60 / minutes;
}

/** Returns whether an interval is said as the times of each weekday of UTC. */
export const isWeekly = (interval: IntervalSchedule): boolean =>
  extraPerHour(interval) > MOST_EXTRA_PER_HOUR && weekMinutes % interval.minutes === 0;

/** Returns whether the lines of an interval wake the machine so often that its slots should be listed as dates. */
export const wakesTooOften = (interval: IntervalSchedule): boolean =>
  extraPerHour(interval) > MOST_EXTRA_PER_HOUR && !isWeekly(interval);

/**
 * Returns an interval as times of day in UTC, where clocks never change: exactly if it divides a day, or a week where
 * that avoids many needless starts; else by the largest step that hits every slot, which `dated-plan.ts` and
 * `systemd/dated-interval.ts` replace by dates where it wakes the machine too often.
 */
function intervalLines(interval: IntervalSchedule): EntryLines {
  const { minutes, anchorMs } = interval;
  const step = greatestDivisor(minutes, dayMinutes);
  if (isWeekly(interval)) return { lines: weekLines(interval), timezone: 'UTC', exact: true };
  const first = (((anchorMs / minuteMs) % step) + step) % step;
  const times = Array.from({ length: dayMinutes / step }, (_, index) => first + index * step);
  const lines = productsOf(times).flatMap(
    (product) => cronOf(product.minutes, product.hours, allMonths, everyDay) ?? [],
  );
  return { lines, timezone: 'UTC', exact: step === minutes };
}

/** Returns whether every day of these lines is a day of cron; otherwise they also fire on other days. */
export const haveCronDays = (lines: readonly CronExpression[]): boolean =>
  lines.every(({ sets }) => sets.days.exact === undefined);

/** Returns the lines of an entry for a schedule. Every nth day, week or month fires in all of them. */
export function entryLines(schedule: Exclude<ScheduleSpec, { kind: 'once' }>): EntryLines {
  switch (schedule.kind) {
    case 'cron':
      return { lines: [schedule.cron], timezone: schedule.timezone, exact: true };
    case 'combined':
      return { lines: schedule.lines, timezone: schedule.timezone, exact: schedule.phase === null };
    case 'interval':
      return intervalLines(schedule);
    case 'event':
    case 'on-demand':
      return { lines: [], timezone: schedule.timezone, exact: true };
  }
}
