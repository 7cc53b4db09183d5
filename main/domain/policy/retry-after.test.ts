import { expect, it } from 'vitest';
import { askedWaitMs, retryAfterMs } from './retry-after.ts';

const now = Date.parse('2026-11-28T12:00:00Z');
const inTwoMinutes = 'Sat, 28 Nov 2026 12:02:00 GMT';

it.each([
  [{ 'retry-after': '120' }, 120_000],
  [{ 'retry-after': ' 120 ' }, 120_000],
  [{ 'retry-after': '1e3' }, null],
  [{ 'retry-after': '120 s' }, null],
  [{ 'retry-after': inTwoMinutes }, 120_000],
  [{ 'retry-after': inTwoMinutes, date: 'Sat, 28 Nov 2026 12:01:30 GMT' }, 30_000],
  [{ 'retry-after': 'Sat, 28 Nov 2026 11:00:00 GMT' }, 0],
  [{ 'retry-after': 'soon' }, null],
  [{ 'retry-after': '' }, null],
  [{}, null],
])('%j asks to wait %s ms', (headers, expected) => {
  expect(retryAfterMs(headers, now)).toBe(expected);
});

it.each([
  [{ status: 503, retryAfterMs: 5000 }, 5000],
  [{ status: 503 }, null],
  [{ retryAfterMs: '5000' }, null],
  [null, null],
  ['text', null],
])('the result %j asks to wait %s ms', (result, expected) => {
  expect(askedWaitMs(result)).toBe(expected);
});
