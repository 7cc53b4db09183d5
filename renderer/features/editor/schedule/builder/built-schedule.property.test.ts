import fc from 'fast-check';
import { expect, test } from 'vitest';
import { understandSchedule } from '../../../../../main/domain/phrase/understand-schedule.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../../../../main/testing/property-runs.ts';
import { cronOfBuilt, firstBuilt, hourSteps, minuteSteps } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import { wordsOfBuilt } from './built-words.ts';
import { readBuilt } from './read-built.ts';

const first = firstBuilt('2027-12-24');
const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), machineTimezone: 'Europe/Berlin' };

const days = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map(String),
  fc.constant('last'),
  fc
    .tuple(fc.constantFrom('1', '2', '3', '4', '5', 'last'), fc.integer({ min: 0, max: 6 }))
    .map((part) => part.join('#')),
);
const two = (part: number) => String(part).padStart(2, '0');
/** Every combination of some hours and some minutes, which one cron expression can hold. */
const times = fc
  .tuple(
    fc.uniqueArray(fc.integer({ min: 0, max: 23 }), { minLength: 1, maxLength: 3 }),
    fc.uniqueArray(fc.integer({ min: 0, max: 59 }), { minLength: 1, maxLength: 2 }),
  )
  .map(([hours, minutes]) => hours.flatMap((hour) => minutes.map((minute) => `${two(hour)}:${two(minute)}`)));
const windows = fc
  .tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 1, max: 24 }))
  .filter(([from, to]) => from < to)
  .map(([from, to]) => ({ from, to }));
const some = (least: number, most: number, fewest: number) =>
  fc.uniqueArray(fc.integer({ min: least, max: most }), { minLength: fewest });

const built: fc.Arbitrary<BuiltSchedule> = fc.constantFrom('minutes', 'hours', 'day', 'week', 'month').chain((every) =>
  fc.record({
    every: fc.constant(every),
    step: fc.constantFrom(...(every === 'minutes' ? minuteSteps : hourSteps)),
    minute: fc.integer({ min: 0, max: 11 }).map((part) => part * 5),
    window: fc.option(windows),
    times,
    weekdays: some(0, 6, every === 'week' ? 1 : 0),
    day: days,
    months: some(1, 12, 0),
    date: fc.constant(first.date),
    events: fc.constant(first.events),
  }),
);

/** A window of an hour may hold no run at that minute past the hour, and a month no such day. */
const fires = (cron: string | null): cron is string => {
  if (cron === null || cron.split(' ')[1] === '') return false;
  try {
    return understandSchedule(cron, context).answer.cron !== null;
  } catch {
    return false;
  }
};

test('what is built is written in words that mean the same, and read back', { timeout: PROPERTY_TIMEOUT_MS }, () =>
  checkProperty(
    'built schedules',
    300,
    fc.property(built, fc.constantFrom('24h', '12h'), (schedule, clock) => {
      const cron = cronOfBuilt(schedule);
      fc.pre(fires(cron));
      const canonical = understandSchedule(cron ?? '', context).answer.cron ?? '';
      const words = wordsOfBuilt(schedule, clock);
      expect(understandSchedule(words, { ...context, clock }).answer.cron, words).toBe(canonical);
      const read = readBuilt(canonical, first);
      expect(read, canonical).not.toBeNull();
      if (read !== null) {
        const again = understandSchedule(cronOfBuilt(read) ?? '', context).answer.cron;
        expect(again, JSON.stringify(read)).toBe(canonical);
      }
    }),
  ),
);
