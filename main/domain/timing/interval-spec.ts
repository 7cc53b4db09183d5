import { everyDay } from '../cron/normal-days.ts';
import { cronOf } from '../cron/parse-cron.ts';
import { dayMs, minuteMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import type { IntervalSchedule } from './schedule-spec.ts';
import { offsetAt } from './wall-clock.ts';

/** 31 days, the longest repetition of Windows Task Scheduler. */
export const longestIntervalMinutes = 31 * 24 * 60;

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Some zones change their clocks by half an hour, so the minutes of both halves of a year count. */
const halfYearMs = 182 * 24 * 60 * minuteMs;

/**
 * Returns the schedule of every so many minutes of real time, counted from an instant.
 *
 * @throws SchedulerError `schedule/invalid-interval` for an interval that is not 1 minute to 31 days.
 */
export function intervalSpec(minutes: number, fromMs: number, timezone: string): IntervalSchedule {
  if (!Number.isInteger(minutes) || minutes < 1 || minutes > longestIntervalMinutes)
    throw new SchedulerError(
      'schedule/invalid-interval',
      `An interval is 1 minute to 31 days (${longestIntervalMinutes} minutes); this one is ${minutes} minutes. For longer ones, write every 2 months or every 6 weeks.`,
      { field: 'schedule', value: minutes },
    );
  const anchorMs = Math.floor(fromMs / minuteMs) * minuteMs;
  const step = greatestDivisor(minutes, 60);
  const firsts = [anchorMs, anchorMs + halfYearMs].map((ms) => {
    const wall = (anchorMs + offsetAt(timezone, ms)) / minuteMs;
    return ((wall % step) + step) % step;
  });
  const past = firsts.flatMap((first) => upTo(60 / step).map((index) => first + index * step));
  const cover = cronOf(
    past,
    upTo(24),
    upTo(12).map((month) => month + 1),
    everyDay,
  );
  if (cover === null) throw new Error('every day is a day');
  return { kind: 'interval', minutes, anchorMs, cover, timezone };
}

/** Returns the first slot after an instant. */
export function slotAfter(
  { minutes, anchorMs }: Pick<IntervalSchedule, 'minutes' | 'anchorMs'>,
  afterMs: number,
): number {
  const stepMs = minutes * minuteMs;
  return anchorMs + (Math.floor((afterMs - anchorMs) / stepMs) + 1) * stepMs;
}

/** Returns the identity of an interval, without its zone. */
export function intervalKey({ minutes, anchorMs }: IntervalSchedule): string {
  const anchor = anchorMs / minuteMs;
  return `every ${minutes}m + ${((anchor % minutes) + minutes) % minutes}`;
}

export const weekMs = 7 * dayMs;
/** The first Monday after 1 January 1970, which was a Thursday. */
const firstMondayMs = 4 * dayMs;

/**
 * Returns the weeks, from Monday 00:00 UTC, for which an entry that is written now lists the slots of an interval as
 * dates.
 *
 * @param weeks how many weeks, this one included
 */
export function listedDates(nowMs: number, weeks: number): { readonly fromMs: number; readonly untilMs: number } {
  const fromMs = Math.floor((nowMs - firstMondayMs) / weekMs) * weekMs + firstMondayMs;
  return { fromMs, untilMs: fromMs + weeks * weekMs };
}

/** Returns whether a slot is the first one of its week, after which an entry that lists dates is renewed. */
export function isFirstOfWeek({ minutes }: Pick<IntervalSchedule, 'minutes'>, slotMs: number): boolean {
  return slotMs - minutes * minuteMs < listedDates(slotMs, 1).fromMs;
}
