import type { Clock } from '../../ports/clock.ts';

/** The longest delay of a Node timer, in ms: about 24.8 days. Node fires a longer one after 1 ms. */
const longestTimerMs = 2 ** 31 - 1;

/** The machine's clock. */
export const systemClock: Clock = {
  now: () => Date.now(),
  nowIso: () => new Date().toISOString(),
  setTimer: (callback, delayMs) => {
    if (Number.isNaN(delayMs)) throw new RangeError('A timer needs a delay in milliseconds, not NaN.');
    let timer: ReturnType<typeof setTimeout>;
    const wait = (leftMs: number): void => {
      const nextMs = Math.min(leftMs, longestTimerMs);
      timer = setTimeout(() => (leftMs > nextMs ? wait(leftMs - nextMs) : callback()), nextMs);
    };
    // Rounded up, because Node drops fractions and a timer must not be early.
    wait(Math.ceil(delayMs));
    return () => clearTimeout(timer);
  },
};
