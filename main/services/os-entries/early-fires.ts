import type { CronExpression, DayRule } from '../../domain/cron/cron-sets.ts';
import { everyDay } from '../../domain/cron/normal-days.ts';
import { cronOf } from '../../domain/cron/parse-cron.ts';
import { hourMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { combinedSpec } from '../../domain/timing/combined-spec.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';

/** Returns how many whole hours before a slot its sign-in is checked; 0 for never. */
export const earlyHours = (checkMs: number): number => Math.min(23, Math.ceil(checkMs / hourMs));

/**
 * Returns a schedule that contains the given one, and a time some hours before each of its slots: one entry then also starts
 * the program in time to check a sign-in. On the days before, it may have more times than needed: an entry may fire more
 * often than its group is due, never less.
 *
 * Returns the schedule itself if it has no such form: an instant, an interval, events, and what needs too many cron lines.
 * @param hours 0 to 23
 */
export function withEarlyFires(spec: ScheduleSpec, hours: number): ScheduleSpec {
  if (hours === 0 || (spec.kind !== 'cron' && spec.kind !== 'combined')) return spec;
  const lines = spec.kind === 'cron' ? [spec.cron] : spec.lines;
  const onDay = lines.flatMap((line) => sameDay(line, hours) ?? []);
  const dayBefore = lines.flatMap((line) => previousDay(line, hours) ?? []);
  // The day before need not be in the same week or month of the phase, so the entry fires in each.
  const phase = spec.kind === 'cron' || dayBefore.length > 0 ? null : spec.phase;
  try {
    const both = combinedSpec([...lines, ...onDay, ...dayBefore], phase, spec.timezone);
    return changesClockRule(lines, both) ? spec : both;
  } catch (problem) {
    if (problem instanceof SchedulerError && problem.code === 'schedule/too-complex') return spec;
    throw problem;
  }
}

/** Fixed times and intervals differ across a change of the clock, so one must not become the other. */
function changesClockRule(lines: readonly CronExpression[], both: ScheduleSpec): boolean {
  const now = both.kind === 'cron' ? [both.cron] : both.kind === 'combined' ? both.lines : [];
  const rules = new Set([...lines, ...now].map(({ sets }) => `${sets.followsRealTime} ${sets.repeatsWithinHours}`));
  return rules.size > 1;
}

function sameDay({ sets }: CronExpression, before: number): CronExpression | null {
  const hours = sets.hours.filter((hour) => hour >= before).map((hour) => hour - before);
  return hours.length === 0 ? null : cronOf(sets.minutes, hours, sets.months, sets.days);
}

function previousDay({ sets }: CronExpression, before: number): CronExpression | null {
  const hours = sets.hours.filter((hour) => hour < before).map((hour) => hour - before + 24);
  if (hours.length === 0) return null;
  // The day before the first of a month is in another month.
  return cronOf(sets.minutes, hours, everyMonth, daysBefore(sets.days));
}

const everyMonth = Array.from({ length: 12 }, (_, index) => index + 1);

/** Returns a rule that matches at least each day before a day of the rule. */
function daysBefore({ monthDays, lastDayOfMonth, weekdays, nthWeekdays, exact }: DayRule): DayRule {
  if (exact !== undefined || (monthDays === null && weekdays === null)) return everyDay;
  const dates = [...(monthDays ?? []), ...(lastDayOfMonth ? [28, 29, 30, 31] : [])];
  const days = [...(weekdays ?? []), ...nthWeekdays.map(({ weekday }) => weekday)];
  const unique = (numbers: readonly number[]): number[] => [...new Set(numbers)].sort((a, b) => a - b);
  return {
    monthDays: monthDays === null ? null : unique(dates.filter((date) => date > 1).map((date) => date - 1)),
    lastDayOfMonth: dates.includes(1),
    weekdays: weekdays === null ? null : unique(days.map((day) => (day + 6) % 7)),
    nthWeekdays: [],
  };
}
