import { expect, test } from 'vitest';
import { evenRun } from './listed-times.ts';

const at = (...times: readonly string[]): number[] =>
  times.map((time) => Number(time.slice(0, -3)) * 60 + Number(time.slice(-2)));

test('times at equal distances are a run, even where the gap over midnight is narrower', () => {
  const every50 = Array.from({ length: 29 }, (_, index) => index * 50);
  expect(evenRun(every50)).toEqual({ step: 50, first: 0, last: 1400 });
  expect(evenRun(at('0:00', '7:00', '14:00', '21:00'))).toEqual({ step: 420, first: 0, last: 1260 });
});

test('a run goes on after midnight if the times of the day alone are none', () => {
  expect(evenRun(at('0:30', '1:20', '22:00', '22:50', '23:40'))).toEqual({ step: 50, first: 1320, last: 80 });
});

test('times at different distances, and one time, are no run', () => {
  expect(evenRun(at('0:00', '0:50', '2:00', '3:00'))).toBeNull();
  expect(evenRun(at('9:00'))).toBeNull();
});
