import { expect, test } from 'vitest';
import { localInput, spanOf, spanStart } from './spans.ts';

const now = Date.parse('2026-11-25T12:00:00.000Z');

test('a span is recognized by its start', () => {
  for (const span of ['hour', 'day', 'week', 'month'] as const) {
    const since = spanStart(span, now);
    expect(since).toBeDefined();
    expect(spanOf({ ...(since !== undefined && { since }) }, now + 10 * 60_000)).toBe(span);
  }
  expect(spanStart('any', now)).toBeUndefined();
  expect(spanOf({}, now)).toBe('any');
});

test('a query with an end or an old start is a span between two instants', () => {
  expect(spanOf({ since: '2026-11-25T11:00:00.000Z', until: '2026-11-25T11:30:00.000Z' }, now)).toBe('between');
  expect(spanOf({ since: '2025-01-01T00:00:00.000Z' }, now)).toBe('between');
});

test('an instant is shown in the machine’s zone, to the minute', () => {
  expect(localInput('2026-03-04T05:06:07.000Z')).toBe('2026-03-04T05:06');
  expect(localInput(undefined)).toBe('');
});
