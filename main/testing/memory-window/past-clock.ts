import type { Clock } from '../../ports/clock.ts';

export interface PastClock extends Clock {
  /** Runs an action as if it were `ms` earlier. */
  ago<T>(ms: number, action: () => Promise<T>): Promise<T>;
}

/** Returns a clock that can be set back while a scenario creates its past. Timers always use `clock`. */
export function pastClock(clock: Clock): PastClock {
  let behindMs = 0;
  const now = (): number => clock.now() - behindMs;
  return {
    now,
    nowIso: () => new Date(now()).toISOString(),
    setTimer: (callback, delayMs) => clock.setTimer(callback, delayMs),
    ago: async (ms, action) => {
      behindMs = ms;
      try {
        return await action();
      } finally {
        behindMs = 0;
      }
    },
  };
}
