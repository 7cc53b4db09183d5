import { IANAZone } from 'luxon';

const MINUTE = 60_000;
const DAY = 86_400_000;

/** A moment at which a zone's offset from UTC changes. */
export interface Transition {
  /** First instant of the new offset, epoch ms. */
  readonly atMs: number;
  /** Minutes east of UTC before and after. */
  readonly before: number;
  readonly after: number;
}

/** A stretch of time in one offset. */
export interface OffsetSpan {
  readonly fromMs: number;
  readonly untilMs: number;
  readonly offset: number;
}

/** Minutes east of UTC of a zone at an instant. */
export function offsetMinutes(timezone: string, atMs: number): number {
  return Math.round(IANAZone.create(timezone).offset(atMs));
}

/**
 * Every change of the zone's offset in (fromMs, untilMs], oldest first. Probed every ten days: the shortest stretch in
 * tzdata since 2000 is Morocco's month of Ramadan.
 */
export function transitions(timezone: string, fromMs: number, untilMs: number): Transition[] {
  const found: Transition[] = [];
  let lowMs = fromMs;
  let low = offsetMinutes(timezone, lowMs);
  while (lowMs < untilMs) {
    const highMs = Math.min(lowMs + 10 * DAY, untilMs);
    const high = offsetMinutes(timezone, highMs);
    if (high !== low) found.push({ atMs: bisect(timezone, lowMs, highMs, low), before: low, after: high });
    lowMs = highMs;
    low = high;
  }
  return found;
}

function bisect(timezone: string, lowMs: number, highMs: number, lowOffset: number): number {
  let low = Math.floor(lowMs / MINUTE);
  let high = Math.ceil(highMs / MINUTE);
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetMinutes(timezone, middle * MINUTE) === lowOffset) low = middle;
    else high = middle;
  }
  return high * MINUTE;
}

/** The stretches of equal offset that cover [fromMs, untilMs). */
export function offsetSpans(timezone: string, fromMs: number, untilMs: number): OffsetSpan[] {
  const changes = transitions(timezone, fromMs, untilMs);
  const starts = [fromMs, ...changes.map((change) => change.atMs)];
  const offsets = [offsetMinutes(timezone, fromMs), ...changes.map((change) => change.after)];
  return starts.map((start, index) => ({
    fromMs: start,
    untilMs: starts[index + 1] ?? untilMs,
    offset: offsets[index] ?? 0,
  }));
}

/** A moment as a clock on the wall shows it. */
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
  const shifted = new Date(atMs + offset * MINUTE);
  return {
    year: shifted.getUTCFullYear(),
    month: shifted.getUTCMonth() + 1,
    day: shifted.getUTCDate(),
    hour: shifted.getUTCHours(),
    minute: shifted.getUTCMinutes(),
    weekday: shifted.getUTCDay(),
  };
}
