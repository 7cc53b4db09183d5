import { expect, it } from 'vitest';
import { isAllPaused, isPauseOfAllOver } from './all-paused.ts';

const since = '2026-11-23T12:00:00.000Z';
const until = '2026-11-23T13:00:00.000Z';
const untilMs = Date.parse(until);

it.each([
  ['no pause', {}, untilMs, { paused: false, over: false }],
  ['a pause without an end', { paused: { since } }, untilMs, { paused: true, over: false }],
  ['a pause before its end', { paused: { since, until } }, untilMs - 1, { paused: true, over: false }],
  ['a pause at its end', { paused: { since, until } }, untilMs, { paused: false, over: true }],
])('%s', (_, file, nowMs, expected) => {
  expect({ paused: isAllPaused(file, nowMs), over: isPauseOfAllOver(file, nowMs) }).toEqual(expected);
});
