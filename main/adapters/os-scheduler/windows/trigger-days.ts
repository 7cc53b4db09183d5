import { z } from 'zod';
import { MONTH_NAMES, WEEKDAY_NAMES } from '../../../domain/cron/calendar-names.ts';
import type { DayRule } from '../../../domain/cron/cron-sets.ts';
import type { Phase } from '../../../domain/timing/phase.ts';
import { Unsaid } from '../reading/reading.ts';
import { everyDay, everyMonth, onMonthDays, onNthWeekdays, onWeekdays, sorted } from '../reading/rules.ts';
import type { Rule } from '../reading/rules.ts';

const months: readonly string[] = MONTH_NAMES;
const weekdays: readonly string[] = WEEKDAY_NAMES;
/** Minutes. */
export const DAY = 1440;

/** Reads `<Monday/><Friday/>` as a list of names. */
const flags = z.record(z.string(), z.unknown()).transform((value) => Object.keys(value));
export const triggerSchema = z.looseObject({
  StartBoundary: z.string().optional(),
  EndBoundary: z.string().optional(),
  Enabled: z.string().default('true'),
  RandomDelay: z.string().optional(),
  Repetition: z.looseObject({ Interval: z.string(), Duration: z.string().optional() }).optional(),
  ScheduleByDay: z.looseObject({ DaysInterval: z.string().default('1') }).optional(),
  ScheduleByWeek: z.looseObject({ WeeksInterval: z.string().default('1'), DaysOfWeek: flags }).optional(),
  ScheduleByMonth: z
    .looseObject({ DaysOfMonth: z.looseObject({ Day: z.array(z.string()) }), Months: flags })
    .optional(),
  ScheduleByMonthDayOfWeek: z
    .looseObject({ Weeks: z.looseObject({ Week: z.array(z.string()) }), DaysOfWeek: flags, Months: flags })
    .optional(),
});
export type Trigger = z.infer<typeof triggerSchema>;

/**
 * Returns which days or weeks it runs in, if not in each. Weeks begin on Monday here, and on Sunday for Task Scheduler: a
 * schedule for which that makes a difference is refused.
 */
export function phaseOf(
  { ScheduleByDay, ScheduleByWeek }: Trigger,
  from: string,
  minutes: readonly number[],
): Phase | null {
  const [said, unit] =
    ScheduleByDay === undefined
      ? ([ScheduleByWeek?.WeeksInterval ?? '1', 'week'] as const)
      : ([ScheduleByDay.DaysInterval, 'day'] as const);
  if (said === '1') return null;
  const count = Number(said);
  if (!(Number.isInteger(count) && count > 1)) throw new Unsaid(`Its interval of ${said} ${unit}s is not supported.`);
  if (minutes.some((minute) => minute >= DAY))
    throw new Unsaid(`It repeats past midnight every ${count} ${unit}s, which cannot be imported.`);
  const days = [
    new Date(from).getUTCDay(),
    ...(ScheduleByWeek === undefined ? [] : weekdayNumbers(ScheduleByWeek.DaysOfWeek)),
  ];
  if (unit === 'week' && days.includes(0) && days.some((day) => day !== 0))
    throw new Unsaid(
      `It runs every ${count} weeks from ${from}, and a week begins on Sunday there, but on Monday here.`,
    );
  return { count, unit, from };
}

/**
 * Returns the days of a calendar trigger with these minutes of the day; those of the next day are 1440 and more.
 * @throws Unsaid with the reason
 */
export function calendarRules(trigger: Trigger, minutes: readonly number[]): Rule[] {
  const { ScheduleByDay, ScheduleByWeek, ScheduleByMonth, ScheduleByMonthDayOfWeek } = trigger;
  if (ScheduleByDay !== undefined) {
    return byTime(minutes, everyMonth, () => everyDay);
  }
  if (ScheduleByWeek !== undefined) {
    const days = weekdayNumbers(ScheduleByWeek.DaysOfWeek);
    return byTime(minutes, everyMonth, (later) => onWeekdays(days.map((day) => (day + later) % 7)));
  }
  if (ScheduleByMonth !== undefined) {
    const { Day } = ScheduleByMonth.DaysOfMonth;
    const numbers = Day.filter((day) => day !== 'Last').map(Number);
    if (numbers.some((day) => !(day >= 1 && day <= 31))) throw new Unsaid('Its days of the month are not supported.');
    const days = numbers.length === 31 ? everyDay : onMonthDays(numbers, Day.includes('Last'));
    return byTime(minutes, monthNumbers(ScheduleByMonth.Months), sameDayOnly(days));
  }
  if (ScheduleByMonthDayOfWeek !== undefined) {
    const { Weeks, DaysOfWeek, Months } = ScheduleByMonthDayOfWeek;
    return byTime(minutes, monthNumbers(Months), sameDayOnly(nthDays(Weeks.Week, weekdayNumbers(DaysOfWeek))));
  }
  throw new Unsaid('Its calendar trigger names no days.');
}

function nthDays(weeks: readonly string[], days: readonly number[]): DayRule {
  // All of 1 to 4 and the last: every week.
  if (['1', '2', '3', '4', 'Last'].every((week) => weeks.includes(week))) return onWeekdays(days);
  const numbers = weeks.map((week) => (week === 'Last' ? -1 : Number(week)));
  if (numbers.some((nth) => nth !== -1 && !(nth >= 1 && nth <= 4)))
    throw new Unsaid('Its weeks of the month are not supported.');
  return onNthWeekdays(days.flatMap((weekday) => numbers.map((nth) => ({ weekday, nth }))));
}

const sameDayOnly =
  (days: DayRule) =>
  (later: number): DayRule => {
    if (later > 0) throw new Unsaid('It repeats past midnight on days of the month, which cron cannot express.');
    return days;
  };

/** Returns times of day as rules of full products; those after midnight are on the next day. */
export function byTime(
  minutes: readonly number[],
  inMonths: readonly number[],
  daysOf: (later: number) => DayRule,
): Rule[] {
  return sorted(minutes).map((minute) => {
    const later = Math.floor(minute / DAY);
    const time = minute - later * DAY;
    return { minutes: [time % 60], hours: [Math.floor(time / 60)], months: inMonths, days: daysOf(later) };
  });
}

function monthNumbers(names: readonly string[]): number[] {
  const numbers = names.map((name) => months.indexOf(name) + 1);
  if (numbers.length === 0 || numbers.includes(0)) throw new Unsaid('Its months are not supported.');
  return sorted(numbers);
}

function weekdayNumbers(names: readonly string[]): number[] {
  const numbers = names.map((name) => weekdays.indexOf(name));
  if (numbers.length === 0 || numbers.includes(-1)) throw new Unsaid('Its weekdays are not supported.');
  return sorted(numbers);
}
