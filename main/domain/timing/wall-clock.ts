import { IANAZone } from 'luxon';
import { minuteMs, hourMs } from '../durations.ts';

/**
 * A wall-clock time: what a clock in the zone shows, as the epoch ms at which a clock in UTC shows the same. Never an
 * instant; only this file converts between the two.
 */
export type WallMs = number;

/**
 * Skipped time from this length on is a date that does not exist (Samoa had no 30 December 2011), not a clock change.
 * Nothing is due on such a date, as on 31 February.
 */
const DATE_SKIPPED_MS = 23 * hourMs;

/** No zone is further than this from UTC in either direction; the margin covers a whole skipped day. */
const EARLIEST_MS = 39 * hourMs;
const LATEST_MS = 14 * hourMs;

export interface Offsets {
  /** The zone's offset from UTC in ms before and after any clock change near the wall time. */
  readonly before: number;
  readonly after: number;
}

/** Returns the zone's offset from UTC at an instant, in ms. `zone` must be valid. */
export function offsetAt(zone: string, instantMs: number): number {
  if (zone === 'UTC') return 0;
  const hour = Math.floor(instantMs / hourMs) * hourMs;
  const offset = offsetOnTheHour(zone, hour);
  if (instantMs === hour || offset === offsetOnTheHour(zone, hour + hourMs)) return offset;
  return computedOffset(zone, instantMs);
}

const computedOffset = (zone: string, instantMs: number): number => IANAZone.create(zone).offset(instantMs) * minuteMs;

/**
 * Offsets that were computed before, by zone and whole hour. Intl takes some µs for each, and most of the time of a
 * search for slots went there, although the schedules of a zone ask for the same days again and again.
 */
const known = new Map<string, Map<number, number>>();
/** A zone's offsets are forgotten at this many: the days of about ten years. */
const MOST_KNOWN = 8192;

function offsetOnTheHour(zone: string, hour: number): number {
  const ofZone = known.get(zone) ?? new Map<number, number>();
  const before = ofZone.get(hour);
  if (before !== undefined) return before;
  if (ofZone.size >= MOST_KNOWN) ofZone.clear();
  const offset = computedOffset(zone, hour);
  known.set(zone, ofZone.set(hour, offset));
  return offset;
}

/** Returns the offsets before and after any clock change that affects wall-clock times from `first` to `last`. */
export function offsetsAround(zone: string, first: WallMs, last: WallMs): Offsets {
  return { before: offsetAt(zone, first - EARLIEST_MS), after: offsetAt(zone, last + LATEST_MS) };
}

/** Returns the difference of the two offsets: 0 on all but a few days of a year. */
export const changeOf = ({ before, after }: Offsets): number => {
  const size = Math.abs(after - before);
  return size >= DATE_SKIPPED_MS ? 0 : size;
};

/** What a clock change does to the times of a schedule. `CronSets` has both. */
export interface ClockChangeRule {
  /** A skipped time is dropped instead of moved. */
  readonly followsRealTime: boolean;
  /** A repeated time counts twice. */
  readonly repeatsWithinHours: boolean;
}

/**
 * Returns the instants of a wall-clock time, in order: none, one or two.
 *
 * A time skipped by a clock change moves forward by the gap; a repeated time counts at its first occurrence
 * (docs/architecture.md, rules of time).
 */
export function instantsOf(zone: string, wall: WallMs, offsets: Offsets, rule: ClockChangeRule): number[] {
  const { before, after } = offsets;
  if (before === after) return [wall - before];
  const [early, late] = [wall - before, wall - after];
  const earlyExists = offsetAt(zone, early) === before;
  const lateExists = offsetAt(zone, late) === after;
  if (earlyExists && lateExists) return rule.repeatsWithinHours ? [early, late] : [early];
  if (earlyExists) return [early];
  if (lateExists) return [late];
  if (rule.followsRealTime || after - before >= DATE_SKIPPED_MS) return [];
  return [early];
}
