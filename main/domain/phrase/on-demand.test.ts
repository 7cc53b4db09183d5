import { expect, test } from 'vitest';
import { understandSchedule } from './understand-schedule.ts';
import { wordsOf } from './words-of.ts';

const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), machineTimezone: 'Europe/Berlin' };

test.each([
  'on demand',
  'On-Demand.',
  'only on demand',
  'runs only on demand',
  'manual',
  'manually',
  'only manually',
  'by hand',
  'on request',
  'only when I run it',
  'when you start it',
  'when triggered',
  'no schedule',
  'without a schedule',
  'unscheduled',
])('%s is no schedule at all', (phrase) =>
  expect(understandSchedule(phrase, context).answer).toEqual({
    kind: 'on-demand',
    rrule: null,
    cron: null,
    timezone: 'Europe/Berlin',
    runAt: null,
    scheduleRule: { events: [] },
    sentence: 'Only on demand',
    warnings: [],
    nextRuns: [],
  }),
);

test.each(['on demand at 9', 'manually every day', 'no', 'when it rains', 'never on demand'])(
  '%s is refused',
  (phrase) =>
    expect(() => understandSchedule(phrase, context)).toThrow(
      expect.objectContaining({ code: 'schedule/not-understood' }),
    ),
);

test('the words of a task on demand are read back', () =>
  expect(wordsOf({ kind: 'on-demand', timezone: 'UTC' }, '24h')).toBe('Only on demand'));
