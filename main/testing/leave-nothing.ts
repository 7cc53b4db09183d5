import { afterAll, expect, vi } from 'vitest';

// The test files of a worker share a process: what a file replaces must not reach the next one.
const { setTimeout: timer, Date: date } = globalThis;

afterAll(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
  vi.unstubAllEnvs();
  vi.unstubAllGlobals();
  // A spy on a fake timer that is restored too late brings the fake back.
  expect([globalThis.setTimeout === timer, globalThis.Date === date], 'real timers and dates after this file').toEqual([
    true,
    true,
  ]);
});
