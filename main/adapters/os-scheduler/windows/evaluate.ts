import { XMLParser } from 'fast-xml-parser';
import { IANAZone } from 'luxon';
import { z } from 'zod';
import { minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from '../../../domain/cron/calendar-names.ts';

/**
 * Computes when a Task Scheduler task starts, from its XML alone, by Microsoft's documentation of triggers: local start
 * times that a clock change skips are skipped, repeated ones count the first time, and a repetition counts elapsed
 * time. Shares no code with the translation.
 */

const LONGEST_SEARCH = 500 * 366 * dayMs;

const flags = z.record(z.string(), z.unknown()).transform((value) => Object.keys(value));
const triggerSchema = z.object({
  StartBoundary: z.string(),
  Enabled: z.string().default('true'),
  Repetition: z.object({ Interval: z.string(), Duration: z.string().optional() }).optional(),
  ScheduleByDay: z.object({ DaysInterval: z.string() }).optional(),
  ScheduleByWeek: z.object({ WeeksInterval: z.string().default('1'), DaysOfWeek: flags }).optional(),
  ScheduleByMonth: z.object({ DaysOfMonth: z.object({ Day: z.array(z.string()) }), Months: flags }).optional(),
  ScheduleByMonthDayOfWeek: z
    .object({ Weeks: z.object({ Week: z.array(z.string()) }), DaysOfWeek: flags, Months: flags })
    .optional(),
});
type Trigger = z.infer<typeof triggerSchema>;

const triggersSchema = z
  .object({ TimeTrigger: z.array(triggerSchema).default([]), CalendarTrigger: z.array(triggerSchema).default([]) })
  .catch({ TimeTrigger: [], CalendarTrigger: [] });
const taskSchema = z.object({ Task: z.object({ Triggers: triggersSchema }) });

export interface FireLimit {
  readonly count?: number;
  /** Epoch ms, inclusive. */
  readonly untilMs?: number;
}

export function windowsFires(xml: string, timezone: string, fromMs: number, limit: FireLimit): number[] {
  const { count = Number.POSITIVE_INFINITY, untilMs = fromMs + LONGEST_SEARCH } = limit;
  const parser = new XMLParser({
    ignoreAttributes: true,
    parseTagValue: false,
    isArray: (name) => ['TimeTrigger', 'CalendarTrigger', 'Day', 'Week'].includes(name),
  });
  const { TimeTrigger, CalendarTrigger } = taskSchema.parse(parser.parse(xml)).Task.Triggers;
  const fires = new Set<number>();
  const add = (startMs: number, trigger: Trigger): void => {
    for (const fire of repeated(startMs, trigger)) if (fire > fromMs && fire <= untilMs) fires.add(fire);
  };
  for (const trigger of TimeTrigger) add(Date.parse(trigger.StartBoundary), trigger);
  const zone = IANAZone.create(timezone);
  // A repetition may have begun the day before. A day is the epoch ms at which a UTC clock shows its midnight.
  let day = Math.floor(fromMs / dayMs) * dayMs - 3 * dayMs;
  for (; CalendarTrigger.length > 0 && day < untilMs + 2 * dayMs && fires.size < count; day += dayMs) {
    const date = new Date(day);
    for (const trigger of CalendarTrigger.filter((each) => startsOn(each, date))) {
      const local = day + (Date.parse(`${trigger.StartBoundary}Z`) % dayMs);
      if (local < Date.parse(`${trigger.StartBoundary}Z`)) continue;
      const start = firstInstant(zone, local);
      if (start !== null) add(start, trigger);
    }
  }
  return [...fires].sort((a, b) => a - b).slice(0, count);
}

function firstInstant(zone: IANAZone, local: number): number | null {
  const offsets = new Set([zone.offset(local - 15 * hourMs), zone.offset(local + 15 * hourMs)]);
  const instants = [...offsets].map((offset) => ({ at: local - offset * minuteMs, offset }));
  const real = instants.filter(({ at, offset }) => zone.offset(at) === offset).map(({ at }) => at);
  return real.length === 0 ? null : Math.min(...real);
}

function repeated(startMs: number, { Repetition }: Trigger): number[] {
  if (Repetition?.Duration === undefined) return [startMs];
  const interval = durationMs(Repetition.Interval);
  const fires = [];
  for (let passed = 0; passed < durationMs(Repetition.Duration); passed += interval) fires.push(startMs + passed);
  return fires;
}

function durationMs(text: string): number {
  const match = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?$/.exec(text);
  const [days, hours, minutes, seconds] = (match ?? []).slice(1).map((part) => Number(part ?? 0));
  return (days ?? 0) * dayMs + (hours ?? 0) * hourMs + (minutes ?? 0) * minuteMs + (seconds ?? 0) * 1000;
}

function startsOn(trigger: Trigger, date: Date): boolean {
  const month = MONTH_NAMES[date.getUTCMonth()] ?? '';
  const weekday = WEEKDAY_NAMES[date.getUTCDay()] ?? '';
  const day = date.getUTCDate();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  if (trigger.ScheduleByDay) return trigger.ScheduleByDay.DaysInterval === '1';
  if (trigger.ScheduleByWeek) return trigger.ScheduleByWeek.DaysOfWeek.includes(weekday);
  if (trigger.ScheduleByMonth) {
    const { DaysOfMonth, Months } = trigger.ScheduleByMonth;
    const named = DaysOfMonth.Day.includes(String(day)) || (DaysOfMonth.Day.includes('Last') && day === last);
    return Months.includes(month) && named;
  }
  if (trigger.ScheduleByMonthDayOfWeek) {
    const { Weeks, DaysOfWeek, Months } = trigger.ScheduleByMonthDayOfWeek;
    const inWeek = Weeks.Week.includes(String(Math.ceil(day / 7))) || (Weeks.Week.includes('Last') && day > last - 7);
    return Months.includes(month) && DaysOfWeek.includes(weekday) && inWeek;
  }
  return false;
}
