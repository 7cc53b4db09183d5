import { expect, it } from 'vitest';
import { usualDuration } from './usual-duration.ts';

it('is not known before ten runs', () => {
  expect(usualDuration(Array<number>(9).fill(5))).toBeNull();
  expect(usualDuration(Array<number>(10).fill(5))).toBe(5);
});

it('is what 95 of 100 runs did not exceed', () => {
  const durations = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(usualDuration(durations)).toBe(95);
});
