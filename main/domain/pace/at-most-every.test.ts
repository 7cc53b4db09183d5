import { expect, test } from 'vitest';
import { fakeClock } from '../../testing/fake-clock.ts';
import { AtMostEvery } from './at-most-every.ts';

function fixture() {
  const clock = fakeClock('2026-11-23T12:00:00.000Z');
  const begun = clock.now();
  const acted: number[] = [];
  const every = new AtMostEvery(
    50,
    () => acted.push(clock.now() - begun),
    (action, ms) => clock.setTimer(action, ms),
  );
  return { clock, every, acted };
}

test('acts at once, but not within what asks', () => {
  const { clock, every, acted } = fixture();
  every.ask();
  every.ask();
  expect(acted).toEqual([]);
  clock.advance(0);
  expect(acted).toEqual([0]);
  clock.advance(1000);
  expect(acted).toEqual([0]);
});

test('gathers what is asked for afterwards, and loses nothing', () => {
  const { clock, every, acted } = fixture();
  for (let ms = 0; ms < 120; ms += 10) {
    every.ask();
    clock.advance(10);
  }
  clock.advance(1000);
  expect(acted).toEqual([0, 50, 100, 150]);
  every.ask();
  clock.advance(0);
  expect(acted.at(-1)).toBe(1120);
});

test('says at its end whether something is left', () => {
  const { clock, every, acted } = fixture();
  every.ask();
  clock.advance(0);
  expect(every.stop()).toBe(false);
  every.ask();
  expect(every.stop()).toBe(true);
  clock.advance(1000);
  expect(acted).toEqual([0]);
  expect(clock.pending()).toEqual([]);
});
