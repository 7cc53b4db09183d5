import { DateTime } from 'luxon';
import { clockTime } from './clock-time.ts';
import type { ClockStyle } from '../../contract/time-style.ts';
import type { CronSets } from '../cron/cron-sets.ts';
import { dayMs } from '../durations.ts';
import type { CronSchedule, ScheduleSpec } from '../timing/schedule-spec.ts';
import { nextSlots, slotsBetween } from '../timing/slots.ts';
import { stepWarnings } from './step-warnings.ts';
import { zoneChanges } from '../timing/zone-changes.ts';
import type { ZoneChange } from '../timing/zone-changes.ts';

const YEAR_MS = 366 * dayMs;

function dayWarnings({ days, months }: CronSets): string[] {
  const warnings: string[] = [];
  if (days.exact !== undefined) {
    const [day = 0] = days.exact.nearest.filter((near) => near > 28);
    return day > 0 && months.length > 1
      ? [`Months without a day ${day} are skipped. Use LW for the last working day.`]
      : [];
  }
  if (days.monthDays !== null && days.weekdays !== null) {
    warnings.push('It runs when either the day of the month or the weekday matches, not only when both do.');
  }
  const monthDays = days.monthDays ?? [];
  const first = monthDays[0] ?? 0;
  if (first > 28 && !days.lastDayOfMonth && days.weekdays === null && months.length > 1) {
    warnings.push(`Months without a day ${first} are skipped. Use L for the last day of every month.`);
  }
  if (days.nthWeekdays.some(({ nth }) => nth === 5)) {
    warnings.push('Months without a fifth such weekday are skipped. Use L for the last one of every month.');
  }
  return warnings;
}

/** Returns the schedule's wall-clock times that this clock change skips or repeats. */
function touchedTimes(spec: CronSchedule, { atMs, before, after }: ZoneChange): number[] {
  const start = atMs + Math.min(before, after);
  const end = atMs + Math.max(before, after);
  return slotsBetween({ ...spec, timezone: 'UTC' }, start - 1, end - 1, 1);
}

/** A wall-clock time of a schedule that a change of the clock skips or repeats. */
export interface ClockTouch {
  /** The skipped or repeated time, read as UTC. */
  readonly wallMs: number;
  /** `28 March 2027`. */
  readonly day: string;
  readonly time: string;
  /** The time by the clock after the change. */
  readonly moved: string;
  /** False if the clocks show the time twice. */
  readonly skipped: boolean;
}

/** Returns the changes of the clock within a year of `fromMs`, and until `endMs`, that affect a schedule. */
export function clockTouches(spec: CronSchedule, fromMs: number, style: ClockStyle, endMs = Infinity): ClockTouch[] {
  if (spec.cron.sets.followsRealTime) return [];
  const touches: ClockTouch[] = [];
  for (const change of zoneChanges(spec.timezone, fromMs, Math.min(endMs, fromMs + YEAR_MS))) {
    const [wall] = touchedTimes(spec, change);
    const gap = change.after - change.before;
    if (gap < 0 && spec.cron.sets.repeatsWithinHours) continue;
    if (wall === undefined || Math.abs(gap) >= dayMs) continue;
    const time = DateTime.fromMillis(wall, { zone: 'UTC', locale: 'en-US' });
    const later = time.plus(gap);
    touches.push({
      wallMs: wall,
      day: time.toFormat('d LLLL yyyy'),
      time: clockTime(time.hour, time.minute, style),
      moved: clockTime(later.hour, later.minute, style),
      skipped: gap > 0,
    });
  }
  return touches;
}

const touchWarning = ({ day, time, moved, skipped }: ClockTouch, zone: string): string =>
  skipped
    ? `On ${day} the clocks in ${zone} skip ${time}: that run starts at ${moved}.`
    : `On ${day} the clocks in ${zone} show ${time} twice: the task runs the first time only.`;

/** Returns the earliest touched time of each change: several lines of one schedule say one thing. */
function firstTouches(touches: readonly ClockTouch[]): ClockTouch[] {
  const first = new Map<string, ClockTouch>();
  for (const touch of touches) {
    const key = `${touch.day} ${touch.skipped}`;
    if (touch.wallMs < (first.get(key)?.wallMs ?? Infinity)) first.set(key, touch);
  }
  return [...first.values()];
}

/** Returns a sentence if the next run is more than a year away. */
export function farRunWarnings(spec: ScheduleSpec, fromMs: number): string[] {
  const [next] = nextSlots(spec, fromMs, 1);
  if (next === undefined || next - fromMs <= YEAR_MS) return [];
  const day = DateTime.fromMillis(next, { zone: spec.timezone, locale: 'en-US' }).toFormat('d LLLL yyyy');
  return [`The next run is more than a year away, on ${day}.`];
}

/**
 * Returns sentences about a schedule that may surprise: uneven steps, day fields joined by "or", days that some months
 * lack, and clock changes within a year of `fromMs`. Empty for most schedules.
 * @param endMs the last instant at which the schedule runs
 */
export function scheduleWarnings(spec: ScheduleSpec, fromMs: number, clock: ClockStyle, endMs = Infinity): string[] {
  if (spec.kind !== 'cron' && spec.kind !== 'combined') return [];
  const lines = spec.kind === 'cron' ? [spec.cron] : spec.lines;
  const touched = firstTouches(
    lines.flatMap((cron) => clockTouches({ kind: 'cron', cron, timezone: spec.timezone }, fromMs, clock, endMs)),
  ).map((touch) => touchWarning(touch, spec.timezone));
  const warnings = [
    // The union of lines says how often it runs, not each line.
    ...(spec.kind === 'cron' ? stepWarnings(spec.cron.sets) : []),
    ...lines.flatMap(({ sets }) => dayWarnings(sets)),
    ...farRunWarnings(spec, fromMs),
    ...touched,
  ];
  return [...new Set(warnings)];
}
