import { minuteMs } from '../../domain/durations.ts';
import { offsetAt } from '../../domain/timing/wall-clock.ts';
import { zoneChanges } from '../../domain/timing/zone-changes.ts';

/** A period with one offset from UTC. */
export interface OffsetSpan {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offset: number;
}

/** Returns a zone's offset at an instant, in minutes east of UTC. */
export function offsetMinutes(timezone: string, atMs: number): number {
  return Math.round(offsetAt(timezone, atMs) / minuteMs);
}

/** Returns the periods of equal offset that cover [fromMs, untilMs). */
export function offsetSpans(timezone: string, fromMs: number, untilMs: number): OffsetSpan[] {
  const starts = [fromMs, ...zoneChanges(timezone, fromMs, untilMs - minuteMs).map((change) => change.atMs)];
  return starts.map((start, index) => ({
    fromMs: start,
    untilMs: starts[index + 1] ?? untilMs,
    offset: offsetMinutes(timezone, start),
  }));
}

/** A moment as a wall clock shows it. */
export interface WallTime {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  /** 0 is Sunday. */
  readonly weekday: number;
}

export function wallTime(timezone: string, atMs: number): WallTime {
  return wallTimeAt(atMs, offsetMinutes(timezone, atMs));
}

export function wallTimeAt(atMs: number, offset: number): WallTime {
  const shifted = new Date(atMs + offset * minuteMs);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}
