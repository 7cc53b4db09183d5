import type { CronExpression } from '../../domain/cron/cron-sets.ts';
import { productsOf } from '../../domain/cron/combine-lines.ts';
import { everyDay } from '../../domain/cron/normal-days.ts';
import { cronOf, parseCron } from '../../domain/cron/parse-cron.ts';
import { dayMs, minuteMs, weekMs } from '../../domain/durations.ts';
import { inPhase } from '../../domain/timing/phase.ts';
import type { CombinedSchedule, IntervalSchedule, ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { slotsBetween } from '../../domain/timing/slots.ts';

type Recurring = Exclude<ScheduleSpec, { kind: 'once' }>;

/** The cron lines of an entry: what every OS scheduler can say, at least as a superset. */
export interface EntryLines {
  readonly lines: readonly CronExpression[];
  readonly timezone: string;
  /** False: the lines also fire at other times, and the slot check finds nothing due. */
  readonly exact: boolean;
  /** The lines list dates before this instant, and the entry must be written again before it. Null: they never end. */
  readonly listedUntilMs: number | null;
}

/** A superset may wake the machine this much more often in an hour than the schedule asks; else dates are listed. */
const MOST_EXTRA_WAKES = 1;
/** Dates are listed for three weeks from a Thursday (1970-01-01 was one), so at least two weeks ahead. */
const LISTED_WEEKS = 3;

/** Fires once a day, so that a list of dates that nobody renewed is renewed by its own entry. */
const HEARTBEAT = '0 0 * * *';

const allMonths = Array.from({ length: 12 }, (_, index) => index + 1);
const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

function listedDays(nowMs: number): { readonly fromMs: number; readonly untilMs: number } {
  const fromMs = Math.floor(nowMs / weekMs) * weekMs;
  return { fromMs, untilMs: fromMs + LISTED_WEEKS * weekMs };
}

const onDate = (times: readonly number[], wall: number): CronExpression[] => {
  const date = new Date(wall);
  const days = { ...everyDay, monthDays: [date.getUTCDate()] };
  return productsOf(times).flatMap(
    ({ minutes, hours }) => cronOf(minutes, hours, [date.getUTCMonth() + 1], days) ?? [],
  );
};

/** Returns the dates of a phase as days of months, which keeps the times of each line. */
function listedPhase({ lines, phase, timezone }: CombinedSchedule, nowMs: number): EntryLines {
  const { fromMs, untilMs } = listedDays(nowMs);
  const isDay = phase === null ? () => true : inPhase(phase);
  const datesOfMonth = new Map<number, number[]>();
  // A day more at both ends: no zone is further than that from UTC.
  for (let day = fromMs - dayMs; day < untilMs + dayMs; day += dayMs) {
    const date = new Date(day);
    const month = date.getUTCMonth() + 1;
    if (isDay(day)) datesOfMonth.set(month, [...(datesOfMonth.get(month) ?? []), date.getUTCDate()]);
  }
  const listed = [...datesOfMonth].flatMap(([month, monthDays]) =>
    lines
      .filter(({ sets }) => sets.months.includes(month))
      .flatMap(({ sets }) => cronOf(sets.minutes, sets.hours, [month], { ...everyDay, monthDays }) ?? []),
  );
  return { lines: [...listed, parseCron(HEARTBEAT)], timezone, exact: false, listedUntilMs: untilMs };
}

/** Most fires of the lines in one hour. */
function firesPerHour(lines: readonly CronExpression[]): number {
  const perHour = Array.from({ length: 24 }, (_, hour) =>
    lines.reduce((sum, { sets }) => sum + (sets.hours.includes(hour) ? sets.minutes.length : 0), 0),
  );
  return Math.max(...perHour);
}

function combinedLines(schedule: CombinedSchedule, nowMs: number): EntryLines {
  const { lines, phase, timezone } = schedule;
  if (phase !== null && firesPerHour(lines) > MOST_EXTRA_WAKES) return listedPhase(schedule, nowMs);
  return { lines, timezone, exact: phase === null, listedUntilMs: null };
}

/**
 * Returns an interval as times of day in UTC, where clocks never change: exactly if it divides a day, else by the largest
 * step that hits every slot if that wakes the machine seldom enough, else as dates.
 */
function intervalLines(schedule: IntervalSchedule, nowMs: number): EntryLines {
  const day = dayMs / minuteMs;
  const step = greatestDivisor(schedule.minutes, day);
  const extraPerHour = 60 / step - 60 / schedule.minutes;
  if (extraPerHour > MOST_EXTRA_WAKES) return listedInterval(schedule, nowMs);
  const first = (((schedule.anchorMs / minuteMs) % step) + step) % step;
  const times = Array.from({ length: day / step }, (_, index) => first + index * step);
  const lines = productsOf(times).flatMap(({ minutes, hours }) => cronOf(minutes, hours, allMonths, everyDay) ?? []);
  return { lines, timezone: 'UTC', exact: step === schedule.minutes, listedUntilMs: null };
}

function listedInterval(schedule: IntervalSchedule, nowMs: number): EntryLines {
  const { fromMs, untilMs } = listedDays(nowMs);
  const timesOfDay = new Map<number, number[]>();
  for (const slot of slotsBetween(schedule, fromMs - 1, untilMs - 1, (untilMs - fromMs) / minuteMs)) {
    const wall = Math.floor(slot / dayMs) * dayMs;
    timesOfDay.set(wall, [...(timesOfDay.get(wall) ?? []), (slot - wall) / minuteMs]);
  }
  const listed = [...timesOfDay].flatMap(([wall, times]) => onDate(times, wall));
  return { lines: [...listed, parseCron(HEARTBEAT)], timezone: 'UTC', exact: false, listedUntilMs: untilMs };
}

/** Returns the lines of an entry for a schedule, seen from an instant. */
export function entryLines(schedule: Recurring, nowMs: number): EntryLines {
  switch (schedule.kind) {
    case 'cron':
      return { lines: [schedule.cron], timezone: schedule.timezone, exact: true, listedUntilMs: null };
    case 'combined':
      return combinedLines(schedule, nowMs);
    case 'interval':
      return intervalLines(schedule, nowMs);
  }
}

/** Returns the end of the dates that an entry lists; null if it lists none. */
export function listedUntil(schedule: ScheduleSpec, nowMs: number): number | null {
  return schedule.kind === 'once' || schedule.kind === 'cron' ? null : entryLines(schedule, nowMs).listedUntilMs;
}
