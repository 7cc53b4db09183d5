import { combinedSpec } from '../timing/combined-spec.ts';
import { cronOf } from '../cron/parse-cron.ts';
import { dayMs, minuteMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import { intervalSpec } from '../timing/interval-spec.ts';
import type { Phase } from '../timing/phase.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { LATEST_MS, nextSlots, slotsBetween } from '../timing/slots.ts';
import { readRuleLines } from './read-lines.ts';
import { rruleProblem } from './rrule-problem.ts';
import { ruleDays } from './rule-days.ts';
import { ruleParts } from './rule-parts.ts';
import type { RuleParts } from './rule-parts.ts';
import { readMoment, wallOf } from './rule-times.ts';
import type { Moment } from './rule-times.ts';

/** A rule as a schedule, with its first and last instant. */
export interface RruleReading {
  readonly spec: ScheduleSpec;
  readonly warnings: readonly string[];
  readonly bounds: { readonly startMs: number | null; readonly endMs: number | null };
}

/** COUNT and EXDATE are looked up among this many runs. */
const MOST_COUNTED = 10_000;

function phaseOf(parts: RuleParts, start: Moment | null): Phase | null {
  const { frequency, interval, weekdays, weekStart } = parts;
  const units = { DAILY: 'day', WEEKLY: 'week', MONTHLY: 'month', YEARLY: 'month' } as const;
  if (interval === 1 || frequency === 'MINUTELY' || frequency === 'HOURLY') return null;
  if (start === null) throw rruleProblem(`INTERVAL=${interval}`, 'needs a DTSTART from which it counts.');
  const count = frequency === 'YEARLY' ? interval * 12 : interval;
  if (count > 1000) throw rruleProblem(`INTERVAL=${interval}`, 'is longer than a schedule can count.');
  const from = frequency === 'WEEKLY' ? weekFrom(start.wall, weekdays ?? [], weekStart) : start.wall;
  return { count, unit: units[frequency], from: new Date(from).toISOString().slice(0, 10) };
}

/** Returns a day of the week from which every nth one is counted, as schedules do it, whose weeks begin on Monday. */
function weekFrom(wall: number, named: readonly { readonly weekday: number }[], weekStart: number): number {
  const today = new Date(wall).getUTCDay();
  const first = wall - ((today - weekStart + 7) % 7) * dayMs;
  const weekdays = named.length > 0 ? named.map(({ weekday }) => weekday) : [today];
  const days = weekdays.map((weekday) => first + ((weekday - weekStart + 7) % 7) * dayMs);
  const mondays = new Set(days.map((day) => day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs));
  if (mondays.size > 1)
    throw rruleProblem(
      'WKST',
      'divides the days of BYDAY otherwise than weeks from Monday. Use WKST=MO, or two tasks.',
    );
  return days[0] ?? wall;
}

function timesOf({ hours, minutes }: RuleParts, start: Moment | null): { hours: number[]; minutes: number[] } {
  if (start === null && hours === null)
    throw rruleProblem('DTSTART', 'is missing, and there is no BYHOUR: the rule has no time of day.');
  const wall = start === null ? null : new Date(start.wall);
  return {
    hours: [...(hours ?? [wall?.getUTCHours() ?? 0])],
    minutes: [...(minutes ?? [wall?.getUTCMinutes() ?? 0])],
  };
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index);

/** Rules of hours and minutes follow real time: RFC 5545 counts them as durations. */
function frequentSpec(parts: RuleParts, start: Moment | null, timezone: string): ScheduleSpec {
  const { frequency, interval } = parts;
  const step = frequency === 'HOURLY' ? interval * 60 : interval;
  const isLimited = [parts.hours, parts.minutes, parts.months, parts.monthDays, parts.weekdays].some(
    (by) => by !== null,
  );
  const isWhole = frequency === 'HOURLY' ? interval === 1 : 60 % interval === 0;
  if (!isLimited && !isWhole) {
    if (start === null) throw rruleProblem(`INTERVAL=${interval}`, 'needs a DTSTART from which it counts.');
    return intervalSpec(step, start.atMs, timezone);
  }
  if (!isWhole)
    throw rruleProblem(
      `INTERVAL=${interval}`,
      `with FREQ=${frequency} cannot be limited by BY… parts. Use FREQ=DAILY with BYHOUR.`,
    );
  if (start === null && parts.minutes === null && step > 1)
    throw rruleProblem('DTSTART', 'is missing, and there is no BYMINUTE: the rule has no minute.');
  const first = new Date(start?.wall ?? 0).getUTCMinutes();
  const stepped = frequency === 'HOURLY' ? [first] : upTo(60).filter((minute) => (minute - first) % interval === 0);
  const minutes =
    frequency === 'HOURLY'
      ? (parts.minutes ?? stepped)
      : stepped.filter((minute) => parts.minutes?.includes(minute) ?? true);
  return linesOf(parts, { hours: [...(parts.hours ?? upTo(24))], minutes: [...minutes] }, null, timezone, null);
}

function linesOf(
  parts: RuleParts,
  { hours, minutes }: { hours: readonly number[]; minutes: readonly number[] },
  phase: Phase | null,
  timezone: string,
  start: Moment | null,
): ScheduleSpec {
  const wall = start === null ? null : new Date(start.wall);
  const date = wall && { month: wall.getUTCMonth() + 1, day: wall.getUTCDate(), weekday: wall.getUTCDay() };
  const { months, days } = ruleDays(parts, date);
  if (parts.setPositions !== null && hours.length * minutes.length > 1)
    throw rruleProblem('BYSETPOS', 'with several times of day chooses one of them, which a schedule cannot say.');
  const lines = days.flatMap((rule) => cronOf(minutes, hours, months, rule) ?? []);
  if (lines.length === 0 || minutes.length === 0)
    throw rruleProblem('RRULE', 'never comes: none of its months has such a day.');
  return combinedSpec(lines, phase, timezone);
}

function specOfRule(parts: RuleParts, start: Moment | null, timezone: string): ScheduleSpec {
  if (parts.frequency === 'MINUTELY' || parts.frequency === 'HOURLY') return frequentSpec(parts, start, timezone);
  return linesOf(parts, timesOf(parts, start), phaseOf(parts, start), timezone, start);
}

function endOf({ count, until }: RuleParts, spec: ScheduleSpec, start: Moment | null, timezone: string): number | null {
  if (until !== null) return readMoment('UNTIL', until, new Map(), timezone, true).atMs;
  if (count === null) return null;
  if (start === null) throw rruleProblem(`COUNT=${count}`, 'needs a DTSTART from which it counts.');
  if (count > MOST_COUNTED) throw rruleProblem(`COUNT=${count}`, `is more than ${MOST_COUNTED}. Use UNTIL.`);
  const last = nextSlots(spec, start.atMs - 1, count).at(-1) ?? null;
  if (last !== null && last >= LATEST_MS)
    throw rruleProblem(
      `COUNT=${count}`,
      'ends after the year 9998. Use a smaller COUNT, or leave it out to run without an end.',
    );
  return last;
}

/** Moves the bounds past runs at their edges that EXDATE leaves out; any other one cannot be left out. */
function withoutDates(
  spec: ScheduleSpec,
  bounds: RruleReading['bounds'],
  except: readonly Moment[],
): RruleReading['bounds'] {
  let { startMs, endMs } = bounds;
  const isSlot = (ms: number): boolean => slotsBetween(spec, ms - 1, ms, 1).length > 0;
  const inside = (ms: number): boolean => (startMs === null || ms >= startMs) && (endMs === null || ms <= endMs);
  const left = new Set(except.map(({ atMs }) => atMs).filter((ms) => isSlot(ms) && inside(ms)));
  for (const ms of [...left].sort((a, b) => a - b)) {
    const isFirst = startMs !== null && nextSlots(spec, startMs - 1, 1)[0] === ms;
    if (isFirst && left.delete(ms)) startMs = ms + minuteMs;
  }
  for (const ms of [...left].sort((a, b) => b - a)) {
    const isLast = endMs !== null && slotsBetween(spec, ms, Math.min(endMs, LATEST_MS), 1).length === 0;
    if (isLast && left.delete(ms)) endMs = ms - minuteMs;
  }
  const [date] = left;
  if (date === undefined) return { startMs, endMs };
  throw rruleProblem(
    'EXDATE',
    `leaves out ${new Date(date).toISOString()}, in the middle of the schedule. Remove EXDATE, and add a calendar with this date to the task (--skip-on).`,
  );
}

/**
 * Reads a recurrence rule of RFC 5545 that a schedule can say exactly. DTSTART is the start, UNTIL and COUNT are the end.
 *
 * @throws SchedulerError `schedule/rrule-not-supported` names the part that cannot be said, and why.
 */
export function readRrule(text: string, zone: string): RruleReading {
  const lines = readRuleLines(text);
  const start = lines.start === null ? null : readMoment('DTSTART', lines.start.value, lines.start.parameters, zone);
  const timezone = start?.zone ?? zone;
  if (lines.rule === null && start !== null)
    return { spec: { kind: 'once', atMs: start.atMs, timezone }, warnings: [], bounds: { startMs: null, endMs: null } };
  const parts = ruleParts(lines.rule ?? new Map<string, string>());
  try {
    const spec = specOfRule(parts, start, timezone);
    const except = lines.except.flatMap(({ value, parameters }) =>
      value.split(',').map((each) => readMoment('EXDATE', each, parameters, timezone)),
    );
    const startMs = start?.atMs ?? null;
    const bounds = withoutDates(spec, { startMs, endMs: endOf(parts, spec, start, timezone) }, except);
    return { spec, warnings: startWarnings(spec, start), bounds };
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'schedule/never-fires')
      throw rruleProblem('RRULE', 'never comes: none of its periods has such a day.');
    throw error;
  }
}

/** RFC 5545 leaves undefined what a rule means whose DTSTART is none of its own dates. */
function startWarnings(spec: ScheduleSpec, start: Moment | null): string[] {
  if (start === null || slotsBetween(spec, start.atMs - 1, start.atMs, 1).length > 0) return [];
  return [`DTSTART (${wallOf(start)}) is not a date of the rule, so nothing runs then.`];
}
