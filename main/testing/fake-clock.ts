import type { Clock } from '../ports/clock.ts';

interface Timer {
  readonly atMs: number;
  readonly order: number;
  readonly callback: () => void;
}

/** A clock that stands still until the test moves it. */
export interface FakeClock extends Clock {
  /** Moves time forward by `ms`, and calls the timers that become due, in order, each at its own instant. */
  advance(ms: number): void;
  /** Sets the wall clock back or forward without calling timers, as a person or NTP does. */
  set(instant: string | number): void;
  /** Returns when the pending timers are due, in ms since 1970, earliest first. */
  pending(): number[];
}

/** @param start ISO instant or ms since 1970 */
export function fakeClock(start: string | number = '2026-11-23T12:00:00.000Z'): FakeClock {
  let nowMs = new Date(start).getTime();
  let monotonicMs = 0;
  let order = 0;
  const timers = new Set<Timer>();
  const next = (untilMs: number): Timer | undefined =>
    [...timers].filter((timer) => timer.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs || a.order - b.order)[0];

  return {
    now: () => nowMs,
    nowIso: () => new Date(nowMs).toISOString(),
    // Like real timers, these count elapsed time: setting the wall clock does not move them.
    setTimer: (callback, delayMs) => {
      const timer: Timer = { atMs: monotonicMs + Math.max(0, delayMs), order: (order += 1), callback };
      timers.add(timer);
      return () => {
        timers.delete(timer);
      };
    },
    advance: (ms) => {
      const untilMs = monotonicMs + ms;
      for (let timer = next(untilMs); timer !== undefined; timer = next(untilMs)) {
        timers.delete(timer);
        nowMs += timer.atMs - monotonicMs;
        monotonicMs = timer.atMs;
        timer.callback();
      }
      nowMs += untilMs - monotonicMs;
      monotonicMs = untilMs;
    },
    set: (instant) => {
      nowMs = new Date(instant).getTime();
    },
    pending: () => [...timers].map((timer) => nowMs + timer.atMs - monotonicMs).sort((a, b) => a - b),
  };
}
