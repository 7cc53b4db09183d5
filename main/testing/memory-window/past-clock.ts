import type { Clock } from '../../ports/clock.ts';

export interface PastClock extends Clock {
  /** Does something as if it were `ms` earlier. */
  ago<T>(ms: number, action: () => Promise<T>): Promise<T>;
}

/** A clock that can be put back while a scenario gets its past. Timers stay those of `clock`. */
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
