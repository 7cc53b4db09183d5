import { dayFields } from '../cron/combine-lines.ts';
import type { CronExpression, CronSets } from '../cron/cron-sets.ts';
import { minuteMs, dayMs } from '../durations.ts';
import { SchedulerError } from '../errors.ts';
import { slotAfter } from './interval-spec.ts';
import { inPhase } from './phase.ts';
import type { CombinedSchedule, IntervalSchedule, RecurringSchedule, ScheduleSpec } from './schedule-spec.ts';
import { changeOf, instantsOf, offsetAt, offsetsAround } from './wall-clock.ts';
import type { WallMs } from './wall-clock.ts';
import { wallDays } from './wall-days.ts';

/** Slots are in the years that have an ISO 8601 spelling that every program can read. */
const EARLIEST_MS = Date.UTC(1, 0, 1);
export const LATEST_MS = Date.UTC(9999, 0, 1);

function assertInstant(name: string, ms: number): void {
  if (ms >= EARLIEST_MS && ms <= LATEST_MS) return;
  throw new SchedulerError('schedule/invalid-instant', `"${name}" must be an instant between the years 1 and 9999.`, {
    field: name,
    value: ms,
  });
}

/** Yields the times of day of an expression on one day, strictly after `fromWall`, in order. */
function* timesOf({ hours, minutes }: CronSets, day: WallMs, fromWall: WallMs): Generator<WallMs> {
  for (const hour of hours) {
    const start = day + hour * 60 * minuteMs;
    if (start + 60 * minuteMs <= fromWall) continue;
    for (const minute of minutes) if (start + minute * minuteMs > fromWall) yield start + minute * minuteMs;
  }
}

/** Yields the same of several expressions, each time once. */
function* timesOfAll(all: readonly CronSets[], day: WallMs, fromWall: WallMs): Generator<WallMs> {
  const [first] = all;
  if (first !== undefined && all.length === 1) yield* timesOf(first, day, fromWall);
  else yield* sortedUnique(all.flatMap((sets) => [...timesOf(sets, day, fromWall)]));
}

const sortedUnique = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);

function noSlot(canonical: string): SchedulerError {
  return new SchedulerError('schedule/no-next-run', `No further run of "${canonical}" could be computed.`, {
    cron: canonical,
  });
}

/** Lines that have the same days, and the same rule of clock changes. */
interface DailyTimes {
  readonly cron: CronExpression;
  readonly sets: readonly CronSets[];
}

/**
 * Yields the slots on matching days after `afterMs`, without end. Around a clock change the order of wall-clock times differs from the
 * order of instants, so a slot is yielded only when no later wall-clock time can precede it.
 */
function* cronSlots(
  { cron, sets }: DailyTimes,
  timezone: string,
  afterMs: number,
  isDay: ((day: WallMs) => boolean) | null = null,
): Generator<number, never> {
  const nowWall = afterMs + offsetAt(timezone, afterMs);
  const fromWall = nowWall - changeOf(offsetsAround(timezone, nowWall, nowWall));
  const waiting: number[] = [];
  let last = afterMs;
  for (const day of wallDays(cron, fromWall - dayMs, isDay)) {
    const quiet = offsetsAround(timezone, day, day + dayMs);
    for (const wall of timesOfAll(sets, day, fromWall)) {
      const offsets = quiet.before === quiet.after ? quiet : offsetsAround(timezone, wall, wall);
      waiting.push(...instantsOf(timezone, wall, offsets, cron.sets));
      waiting.sort((a, b) => a - b);
      const settled = wall - Math.max(offsets.before, offsets.after);
      while (waiting[0] !== undefined && waiting[0] <= settled) {
        const slot = waiting.shift() ?? last;
        if (slot > last) yield (last = slot);
      }
    }
  }
  throw new Error('wall-clock days never end');
}

/** Returns lines with the same days as one: finding the days takes most of the time. */
function byDays(lines: readonly CronExpression[]): DailyTimes[] {
  const found = new Map<string, { cron: CronExpression; sets: CronSets[] }>();
  for (const cron of lines) {
    const { sets } = cron;
    const days = `${dayFields(cron)} ${sets.followsRealTime} ${sets.repeatsWithinHours}`;
    const same = found.get(days);
    if (same === undefined) found.set(days, { cron, sets: [sets] });
    else same.sets.push(sets);
  }
  return [...found.values()];
}

/** Yields the slots of all lines, each once, in order. */
function* combinedSlots(spec: CombinedSchedule, afterMs: number): Generator<number, never> {
  const isDay = spec.phase === null ? null : inPhase(spec.phase);
  const streams = byDays(spec.lines).map((daily) => ({
    slots: cronSlots(daily, spec.timezone, afterMs, isDay),
    head: 0,
  }));
  const known = streams.filter((stream) => advance(stream));
  for (;;) {
    const earliest = Math.min(...known.map(({ head }) => head));
    if (!Number.isFinite(earliest)) throw noSlot(spec.cover.canonical);
    yield earliest;
    for (const stream of known) if (stream.head === earliest) stream.head = stream.slots.next().value;
  }
}

/** Returns whether a line has any slot: with a phase, some lines may never match. */
function advance(stream: { slots: Generator<number, never>; head: number }): boolean {
  try {
    stream.head = stream.slots.next().value;
    return true;
  } catch (error) {
    if (error instanceof SchedulerError && error.code === 'schedule/no-next-run') return false;
    throw error;
  }
}

function* intervalSlots(spec: IntervalSchedule, afterMs: number): Generator<number, never> {
  for (let slot = slotAfter(spec, afterMs); ; slot += spec.minutes * minuteMs) yield slot;
}

function recurringSlots(spec: RecurringSchedule, afterMs: number): Generator<number, never> {
  if (spec.kind === 'cron') return cronSlots({ cron: spec.cron, sets: [spec.cron.sets] }, spec.timezone, afterMs);
  return spec.kind === 'combined' ? combinedSlots(spec, afterMs) : intervalSlots(spec, afterMs);
}

/**
 * Returns the next `count` slots strictly after `afterMs`, in order, as epoch ms on the minute. A one-shot has at most
 * one; a task on demand has none, and events have none before they happen.
 *
 * @throws SchedulerError `schedule/invalid-instant`, or `schedule/no-next-run` when the engine finds none.
 */
export function nextSlots(spec: ScheduleSpec, afterMs: number, count: number): number[] {
  assertInstant('after', afterMs);
  if (spec.kind === 'on-demand' || spec.kind === 'event') return [];
  if (spec.kind === 'once') return count > 0 && spec.atMs > afterMs ? [spec.atMs] : [];
  const slots: number[] = [];
  if (count <= 0) return slots;
  for (const slot of recurringSlots(spec, afterMs)) {
    slots.push(slot);
    if (slots.length >= count) break;
  }
  return slots;
}

/**
 * Returns the slots in (`afterMs`, `untilMs`], in order; if there are more than `limit`, the earliest ones.
 *
 * @throws SchedulerError as `nextSlots`.
 */
export function slotsBetween(spec: ScheduleSpec, afterMs: number, untilMs: number, limit: number): number[] {
  return [...slotsUpTo(spec, afterMs, untilMs, limit).slots];
}

/**
 * Returns the same as `slotsBetween`, and the slot after them: null if there is none, or if `limit` ended the search.
 */
export function slotsUpTo(
  spec: ScheduleSpec,
  afterMs: number,
  untilMs: number,
  limit: number,
): { readonly slots: readonly number[]; readonly nextMs: number | null } {
  assertInstant('after', afterMs);
  assertInstant('until', untilMs);
  const slots: number[] = [];
  if (untilMs <= afterMs || limit <= 0 || spec.kind === 'on-demand' || spec.kind === 'event')
    return { slots, nextMs: null };
  if (spec.kind === 'once') {
    if (spec.atMs > untilMs) return { slots, nextMs: spec.atMs };
    return { slots: spec.atMs > afterMs ? [spec.atMs] : [], nextMs: null };
  }
  for (const slot of recurringSlots(spec, afterMs)) {
    if (slot > untilMs) return { slots, nextMs: slot };
    slots.push(slot);
    if (slots.length >= limit) break;
  }
  return { slots, nextMs: null };
}
