import type { BusyMinute } from '../../../contract/insights.ts';
import { offsetAt } from '../../../domain/timing/wall-clock.ts';

const shownMinutes = 5;
/** Two tasks that start together are no crowd. */
const crowd = 3;
const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const minutesOfDay = 24 * 60;

/** Finds the minutes of the day in which most runs start at once. */
export class BusiestMinutes {
  readonly #minutes = new Map<number, BusyMinute>();
  readonly #zone: string;
  /** A zone changes its offset on an hour or half an hour of UTC, and a lookup is slow. */
  #offset = { halfHour: -1, ms: 0 };

  /** @param zone a valid IANA zone, in which the minutes of the day are counted */
  constructor(zone: string) {
    this.#zone = zone;
  }

  /** @param atMs the start of a minute */
  add({ atMs, starts }: { readonly atMs: number; readonly starts: number }): void {
    const wall = (atMs + this.#offsetAt(atMs)) / minuteMs;
    const minute = ((Math.floor(wall) % minutesOfDay) + minutesOfDay) % minutesOfDay;
    const known = this.#minutes.get(minute);
    const isMore = known === undefined || starts > known.most;
    this.#minutes.set(minute, {
      minute,
      most: isMore ? starts : known.most,
      at: isMore ? new Date(atMs).toISOString() : known.at,
      starts: starts + (known?.starts ?? 0),
    });
  }

  /** Returns the minutes in which at least three runs started at once, the busiest first. */
  all(): BusyMinute[] {
    return [...this.#minutes.values()]
      .filter(({ most }) => most >= crowd)
      .sort((left, right) => right.most - left.most || right.starts - left.starts || left.minute - right.minute)
      .slice(0, shownMinutes);
  }

  #offsetAt(atMs: number): number {
    const halfHour = Math.floor(atMs / (hourMs / 2));
    if (halfHour !== this.#offset.halfHour) this.#offset = { halfHour, ms: offsetAt(this.#zone, atMs) };
    return this.#offset.ms;
  }
}
