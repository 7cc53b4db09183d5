import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { dayMs } from '../../domain/durations.ts';
import { systemClock } from './system-clock.ts';

describe('the timers of the system clock', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => {
    // Spies on fake timers first: restoring one later would bring the fake timer back.
    vi.restoreAllMocks();
    vi.useRealTimers();
  });

  const hundredYearsMs = 36_525 * dayMs;

  it.each([0, 1, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 2 ** 32, 30 * dayMs, 365 * dayMs, hundredYearsMs])(
    'fire once after %d ms, and not a millisecond earlier',
    (delayMs) => {
      const fired = vi.fn();
      systemClock.setTimer(fired, delayMs);
      if (delayMs > 0) vi.advanceTimersByTime(delayMs - 1);
      expect(fired).toHaveBeenCalledTimes(0);
      vi.advanceTimersByTime(1);
      expect(fired).toHaveBeenCalledTimes(1);
      vi.advanceTimersByTime(2 ** 33);
      expect(fired).toHaveBeenCalledTimes(1);
    },
  );

  it('never give Node a delay that it cannot count', () => {
    const asked = vi.spyOn(globalThis, 'setTimeout');
    fc.assert(
      fc.property(fc.double({ min: -1, max: hundredYearsMs, noNaN: true }), (delayMs) => {
        asked.mockClear();
        const fired = vi.fn();
        systemClock.setTimer(fired, delayMs);
        vi.advanceTimersByTime(Math.max(1, Math.ceil(delayMs)));
        expect(fired).toHaveBeenCalledTimes(1);
        for (const [, ms] of asked.mock.calls) expect(ms).toBeLessThanOrEqual(2 ** 31 - 1);
      }),
      { examples: [[2 ** 31], [hundredYearsMs]] },
    );
  });

  it('can be cancelled in each of their parts', () => {
    for (const cancelAfterMs of [1, 2 ** 31, 2 ** 32 + 5]) {
      const fired = vi.fn();
      const cancel = systemClock.setTimer(fired, 365 * dayMs);
      vi.advanceTimersByTime(cancelAfterMs);
      cancel();
      vi.advanceTimersByTime(366 * dayMs);
      expect(fired).toHaveBeenCalledTimes(0);
    }
  });

  it('never fire after an endless delay, and refuse one that is no number', () => {
    const fired = vi.fn();
    const cancel = systemClock.setTimer(fired, Infinity);
    vi.advanceTimersByTime(hundredYearsMs);
    cancel();
    expect(fired).toHaveBeenCalledTimes(0);
    expect(() => systemClock.setTimer(fired, NaN)).toThrow(RangeError);
    expect(vi.getTimerCount()).toBe(0);
  });
});
