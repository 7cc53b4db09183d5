import { minuteMs, hourMs, dayMs } from '../../../domain/durations.ts';
import { nextSlots, slotsBetween } from '../../../domain/timing/slots.ts';
import type { IntervalSchedule, ScheduleSpec } from '../../../domain/timing/schedule-spec.ts';
import { clockChanges, repairHorizon } from '../clock-changes.ts';
import type { MachinePlan } from '../machine-plan.ts';
import { ruleMatches } from '../machine-rules.ts';
import type { MachineDays, MachineRule } from '../machine-rules.ts';
import { offsetMinutes, wallTimeAt } from '../zone-offsets.ts';
import { coveringSeries, timeSeries } from './times-of-day.ts';
import type { TimeSeries } from './times-of-day.ts';

/** Task Scheduler rejects tasks with more triggers (documented limit of ITriggerCollection). */
const MOST_TRIGGERS = 48;

/** Starts on these days of the machine's calendar, at this time. */
export interface CalendarTrigger {
  readonly months: readonly number[];
  readonly days: MachineDays;
  readonly time: TimeSeries;
}

/** Starts at an instant; the series counts in minutes since 1970. */
export type InstantTrigger = TimeSeries;

export interface Triggers {
  readonly calendar: readonly CalendarTrigger[];
  readonly instants: readonly InstantTrigger[];
  readonly exact: boolean;
}

export function triggersOf(
  plan: MachinePlan,
  schedule: ScheduleSpec,
  machineTimezone: string,
  nowMs: number,
): Triggers {
  if (schedule.kind === 'interval') return { calendar: [], instants: [repetition(schedule, nowMs)], exact: true };
  const days = daysOfRules(plan.rules);
  const choices = [0, 1, 2].map((level) => days.flatMap((day) => calendarTriggers(day, level)));
  for (const [level, calendar] of [...choices, [everyDay(days)]].entries()) {
    const { instants, strays } = repairs(plan, calendar, schedule, machineTimezone, nowMs);
    if (calendar.length + instants.length > MOST_TRIGGERS && level < choices.length) continue;
    const exact = level === 0 && plan.exact && !strays && plan.echoes.length === 0 && !days.some(isWidened);
    return { calendar, instants, exact };
  }
  return { calendar: [], instants: [], exact: false };
}

/** Returns an interval of real time as one trigger that repeats until the entry is written again, in the next years. */
function repetition(schedule: IntervalSchedule, nowMs: number): InstantTrigger {
  const { fromMs, untilMs } = repairHorizon(nowMs);
  const [first = fromMs] = nextSlots(schedule, fromMs - 1, 1);
  const intervalMs = schedule.minutes * minuteMs;
  const count = Math.ceil((untilMs - first) / intervalMs);
  return { start: first / minuteMs, interval: schedule.minutes, count };
}

interface DayTimes {
  readonly months: readonly number[];
  readonly days: MachineDays;
  readonly times: readonly number[];
}

/** Merges rules of the same days into one list of times. */
function daysOfRules(rules: readonly MachineRule[]): DayTimes[] {
  const found = new Map<string, { months: readonly number[]; days: MachineDays; times: number[] }>();
  for (const { months, days, hours, minutes } of rules) {
    const key = JSON.stringify([months, days]);
    const times = hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));
    const same = found.get(key);
    if (same === undefined) found.set(key, { months, days, times });
    else same.times.push(...times);
  }
  return [...found.values()];
}

/**
 * Returns calendar triggers. Level 1 repeats at one interval that hits every time; level 2 also drops the choice of
 * months.
 */
function calendarTriggers({ months, days, times }: DayTimes, level: number): CalendarTrigger[] {
  const series = level === 0 ? timeSeries(times) : [coveringSeries(times)];
  const wider = level === 2 ? Array.from({ length: 12 }, (_, index) => index + 1) : months;
  return series.map((time) => ({ months: wider, days, time }));
}

function everyDay(days: readonly DayTimes[]): CalendarTrigger {
  const months = Array.from({ length: 12 }, (_, index) => index + 1);
  return { months, days: { kind: 'every' }, time: coveringSeries(days.flatMap((day) => day.times)) };
}

/**
 * Returns whether the days are widened: Task Scheduler has the first to fourth and the last, so the last replaces a
 * fifth, which not every month has.
 */
const isWidened = ({ days }: DayTimes): boolean => days.kind === 'nth-weekday' && days.nth === 5;

/**
 * Returns the instants that the calendar triggers may miss: those that the plan names, and slots on days with a clock
 * change, when a repetition counts elapsed hours instead of clock time. `strays`: it also starts where there is no
 * slot.
 */
function repairs(
  plan: MachinePlan,
  calendar: readonly CalendarTrigger[],
  schedule: ScheduleSpec,
  machineTimezone: string,
  nowMs: number,
): { instants: InstantTrigger[]; strays: boolean } {
  const missed = plan.repairs.map(({ slotMs }) => slotMs);
  let strays = false;
  if (calendar.some(({ time }) => time.count > 1)) {
    for (const { atMs } of clockChanges(machineTimezone, repairHorizon(nowMs))) {
      const fires = firesAround(calendar, machineTimezone, atMs);
      const slots = slotsBetween(schedule, atMs - dayMs, atMs + dayMs + hourMs, 3000);
      const due = new Set(slots);
      missed.push(...slots.filter((slot) => !fires.has(slot)));
      strays ||= [...fires].some((fire) => fire > atMs - dayMs && fire <= atMs + dayMs + hourMs && !due.has(fire));
    }
  }
  return { instants: instantTriggers(missed), strays };
}

/**
 * Longest interval of a repetition, in minutes: starts further apart become separate triggers, even at equal distances.
 */
const LONGEST_INTERVAL = 360;

function instantTriggers(instants: readonly number[]): InstantTrigger[] {
  const series = timeSeries(instants.map((atMs) => atMs / minuteMs));
  return series.flatMap(({ start, interval, count }) =>
    interval <= LONGEST_INTERVAL
      ? [{ start, interval, count }]
      : Array.from({ length: count }, (_, index) => ({ start: start + index * interval, interval: 0, count: 1 })),
  );
}

/** Returns the starts of the calendar triggers around an instant, if a repetition counts the time since its start. */
function firesAround(calendar: readonly CalendarTrigger[], machineTimezone: string, aroundMs: number): Set<number> {
  const fires = new Set<number>();
  const before = offsetMinutes(machineTimezone, aroundMs - 1);
  const after = offsetMinutes(machineTimezone, aroundMs);
  const midnight = Math.floor((aroundMs + before * minuteMs) / dayMs) * dayMs;
  for (const day of [midnight - dayMs, midnight, midnight + dayMs]) {
    const wall = wallTimeAt(day, 0);
    for (const { months, days, time } of calendar) {
      if (!ruleMatches({ minutes: [0], hours: [0], months, days }, wall)) continue;
      const local = day + time.start * minuteMs;
      const start = [before, after]
        .map((offset) => local - offset * minuteMs)
        .find((at) => at + offsetMinutes(machineTimezone, at) * minuteMs === local);
      if (start === undefined) continue;
      for (let index = 0; index < time.count; index += 1) fires.add(start + index * time.interval * minuteMs);
    }
  }
  return fires;
}
