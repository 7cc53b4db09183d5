import { expect, test } from 'vitest';
import { understandSchedule } from '../../../../main/domain/phrase/understand-schedule.ts';
import { firstBuilt, readBuilt, scheduleOf } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';

const first = firstBuilt('2026-12-24');
const built = (change: Partial<BuiltSchedule>): string => scheduleOf({ ...first, ...change });

const cases: [Partial<BuiltSchedule>, string][] = [
  [{ every: 'minutes', step: 1 }, '* * * * *'],
  [{ every: 'minutes', step: 20 }, '*/20 * * * *'],
  [{ every: 'hours', step: 1, minute: 5 }, '5 * * * *'],
  [{ every: 'hours', step: 6, minute: 30 }, '30 */6 * * *'],
  [{ every: 'day', time: '18:05' }, '5 18 * * *'],
  [{ every: 'week', weekdays: [5, 1], time: '09:00' }, '0 9 * * 1,5'],
  [{ every: 'month', day: '31', time: '00:00' }, '0 0 31 * *'],
  [{ every: 'month', day: 'last', time: '23:59' }, '59 23 L * *'],
  [{ every: 'month', day: '2#1', time: '10:00' }, '0 10 * * 1#2'],
  [{ every: 'once', date: '2026-12-24', time: '18:00' }, '2026-12-24 18:00'],
];

test.each(cases)('%o', (change, schedule) => {
  expect(built(change)).toBe(schedule);
  expect(readBuilt(schedule, first)).toMatchObject(
    change.weekdays === undefined ? change : { ...change, weekdays: [1, 5] },
  );
});

test.each(cases)('the schedule of %o is read back', (_change, schedule) => {
  const now = Date.parse('2026-11-25T12:00:00Z');
  expect(() => understandSchedule(schedule, { nowMs: now, machineTimezone: 'Europe/Berlin' })).not.toThrow();
});

test('a range of weekdays is read as its days', () => {
  expect(readBuilt('0 9 * * 1-5', first)).toMatchObject({ every: 'week', weekdays: [1, 2, 3, 4, 5] });
});

test('a week without a day is every day', () => expect(built({ every: 'week', weekdays: [] })).toBe('0 9 * * *'));

test.each([
  'every weekday at 9am',
  '*/45 * * * *',
  '0 9,17 * * *',
  '0 9 1 * 1',
  '0 9 * 6 *',
  '0 9 L-1 * *',
  '60 9 * * *',
  '0 9 * * 5-1x',
  '0 9 * *',
  '',
])('%s cannot be built', (schedule) => expect(readBuilt(schedule, first)).toBeNull());
