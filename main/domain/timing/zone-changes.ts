import { offsetAt } from './wall-clock.ts';

/** A moment at which a zone's offset from UTC changes, in ms. */
export interface ZoneChange {
  /** The first instant with the new offset. */
  readonly atMs: number;
  readonly before: number;
  readonly after: number;
}

const WEEK_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;

function bisect(zone: string, lowMs: number, highMs: number): ZoneChange {
  const before = offsetAt(zone, lowMs);
  let [low, high] = [lowMs, highMs];
  while (high - low > MINUTE_MS) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE_MS) * MINUTE_MS;
    if (offsetAt(zone, middle) === before) low = middle;
    else high = middle;
  }
  return { atMs: high, before, after: offsetAt(zone, high) };
}

/**
 * The zone's clock changes in (`fromMs`, `untilMs`], in order, to the minute. Two changes within one week that undo
 * each other would be missed; no zone does that (Morocco's pair around Ramadan is four weeks apart).
 */
export function zoneChanges(zone: string, fromMs: number, untilMs: number): ZoneChange[] {
  const changes: ZoneChange[] = [];
  let low = Math.floor(fromMs / MINUTE_MS) * MINUTE_MS;
  while (low < untilMs) {
    const high = Math.min(low + WEEK_MS, Math.ceil(untilMs / MINUTE_MS) * MINUTE_MS);
    if (offsetAt(zone, low) === offsetAt(zone, high)) low = high;
    else {
      const change = bisect(zone, low, high);
      changes.push(change);
      low = change.atMs;
    }
  }
  return changes;
}
