import { minuteMs, weekMs } from '../durations.ts';
import { offsetAt } from './wall-clock.ts';

/** A moment at which a zone's offset from UTC changes, in ms. */
export interface ZoneChange {
  /** The first instant with the new offset. */
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

function bisect(zone: string, lowMs: number, highMs: number): ZoneChange {
  const before = offsetAt(zone, lowMs);
  let [low, high] = [lowMs, highMs];
  while (high - low > minuteMs) {
    const middle = low + Math.floor((high - low) / 2 / minuteMs) * minuteMs;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return { atMs: high, before, after: offsetAt(zone, high) };
}

/**
 * Returns the zone's clock changes in (`fromMs`, `untilMs`], in order, to the minute. Misses two changes within one
 * week that cancel each other; no zone has those (Morocco's pair around Ramadan is four weeks apart).
 */
export function zoneChanges(zone: string, fromMs: number, untilMs: number): ZoneChange[] {
  const changes: ZoneChange[] = [];
  let low = Math.floor(fromMs / minuteMs) * minuteMs;
  while (low < untilMs) {
    const high = Math.min(low + weekMs, Math.ceil(untilMs / minuteMs) * minuteMs);
    if (offsetAt(zone, low) === offsetAt(zone, high)) low = high;
    else {
      const change = bisect(zone, low, high);
      changes.push(change);
      low = change.atMs;
    }
  }
  return changes;
}
