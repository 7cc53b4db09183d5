import { describe, expect, it } from 'vitest';
import { exactDuration, formatDuration, longestDurationMs } from './durations.ts';
import { policiesSchema, taskChangeSchema, taskDraftSchema } from './task.ts';

const hour = 3_600_000;

it.each([
  [1, '1 ms'],
  [1500, '1.5 s'],
  [300_000, '5 min'],
  [5400_000, '1 h 30 min'],
  [24 * hour, '1 day'],
  [36 * hour, '1 day 12 h'],
  [25 * 24 * hour, '25 days'],
  [3_000_000_000, '34 days 17 h'],
  [longestDurationMs, '36525 days'],
])('a length of %d ms is written as %s', (ms, written) => {
  expect(formatDuration(ms)).toBe(written);
});

describe('a length of time in the policies of a new or changed task', () => {
  const draft = { name: 'A', schedule: '@daily', tool: 'shell:run' };
  const tooLong = longestDurationMs + 1;

  it.each([
    ['policies.timeoutMs', { timeoutMs: tooLong }],
    ['policies.catchUpWindowMs', { catchUpWindowMs: tooLong }],
    ['policies.jitterMs', { jitterMs: Number.MAX_SAFE_INTEGER }],
    ['policies.retries.delayMs', { retries: { count: 1, delayMs: tooLong } }],
    ['policies.retries.maxDelayMs', { retries: { count: 1, maxDelayMs: tooLong } }],
  ])('is 100 years at most: %s', (field, policies) => {
    for (const read of [taskDraftSchema.safeParse({ ...draft, policies }), taskChangeSchema.safeParse({ policies })]) {
      const issues = read.error?.issues.map(({ path, message }) => [path.join('.'), message]);
      expect(issues).toEqual([[field, 'must be 100 years (3155760000000 ms) at most']]);
    }
    expect(policiesSchema.safeParse(policies).success).toBe(true);
  });

  it('may be 100 years', () => {
    expect(taskDraftSchema.safeParse({ ...draft, policies: { timeoutMs: longestDurationMs } }).success).toBe(true);
  });
});

it.each([
  [250, '250 ms'],
  [1500, '1.5 s'],
  [1550, '1.6 s (1550 ms)'],
  [300_000, '5 min'],
  [90_000, '1 min 30 s'],
  [86_400_000, '1 day'],
  [90_061_000, '1 day 1 h (90061000 ms)'],
])('%i ms is exactly %s', (ms, text) => expect(exactDuration(ms)).toBe(text));
