import { IANAZone } from 'luxon';
import { minuteMs, hourMs } from '../durations.ts';

/**
 * A wall-clock time: what a clock in the zone shows, written as the epoch ms at which a clock in UTC shows the same.
 * Never an instant; only this file turns one into the other.
 */
export type WallMs = number;

/**
 * Skipped time this long is a date that does not exist (Samoa had no 30 December 2011), not a clock change: nothing
 * is due on it, as nothing is due on 31 February.
 */
const DATE_SKIPPED_MS = 23 * hourMs;

/** No zone is further than this from UTC in either direction; the margin is a whole skipped day. */
const EARLIEST_MS = 39 * hourMs;
const LATEST_MS = 14 * hourMs;

export interface Offsets {
  /** The zone's offset from UTC in ms before and after any clock change near the wall time. */
  readonly before: number;
  readonly after: number;
}

/** The zone's offset from UTC at an instant, in ms. `zone` must be valid. */
export const offsetAt = (zone: string, instantMs: number): number =>
  zone === 'UTC' ? 0 : IANAZone.create(zone).offset(instantMs) * minuteMs;

/** The offsets before and after any clock change that touches wall-clock times from `first` to `last`. */
export function offsetsAround(zone: string, first: WallMs, last: WallMs): Offsets {
  return { before: offsetAt(zone, first - EARLIEST_MS), after: offsetAt(zone, last + LATEST_MS) };
}

/** How far apart the two offsets are: 0 on all but a few days of a year. */
export const changeOf = ({ before, after }: Offsets): number => {
  const size = Math.abs(after - before);
  return size >= DATE_SKIPPED_MS ? 0 : size;
};

/**
 * The instants of a wall-clock time, in order: one, none or two.
 *
 * A time that a clock change skipped moves forward by the gap, and one that happens twice counts at its first
 * occurrence; with `followsRealTime` the former is dropped and the latter counts twice (design.md §6).
 */
export function instantsOf(zone: string, wall: WallMs, offsets: Offsets, followsRealTime: boolean): number[] {
  const { before, after } = offsets;
  if (before === after) return [wall - before];
  const [early, late] = [wall - before, wall - after];
  const earlyExists = offsetAt(zone, early) === before;
  const lateExists = offsetAt(zone, late) === after;
  if (earlyExists && lateExists) return followsRealTime ? [early, late] : [early];
  if (earlyExists) return [early];
  if (lateExists) return [late];
  if (followsRealTime || after - before >= DATE_SKIPPED_MS) return [];
  return [early];
}
