import fc from 'fast-check';
import { expect, test } from 'vitest';
import { SchedulerError } from '../../../../../main/domain/errors.ts';
import { understandSchedule } from '../../../../../main/domain/phrase/understand-schedule.ts';
import { checkProperty, PROPERTY_TIMEOUT_MS } from '../../../../../main/testing/property-runs.ts';
import { cronOfBuilt, firstBuilt, hourSteps, minuteSteps } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import { wordsOfBuilt } from './built-words.ts';
import { readAnswer, readBuilt } from './read-built.ts';

const first = firstBuilt('2027-12-24');
const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), machineTimezone: 'Europe/Berlin' };

const days = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map(String),
  fc.constant('last'),
  fc
    .tuple(fc.constantFrom('1', '2', '3', '4', '5', 'last'), fc.constantFrom('work', 0, 1, 2, 3, 4, 5, 6))
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
    ...{ count: fc.constant(1), start: fc.constant(''), end: fc.constant('') },
    events: fc.constant(first.events),
  }),
);

const dates = fc.constantFrom('2027-01-04', '2027-02-28', '2028-02-29', '2027-12-31');

/** What no single cron expression says: with days of their own, every nth day or week, working days, intervals of real time. */
const counted: fc.Arbitrary<BuiltSchedule> = fc.oneof(
  built.filter(({ every, day }) => every !== 'month' || !day.endsWith('#work')),
  fc
    .record({ day: fc.constantFrom('1#work', '2#work', '5#work', 'last#work'), times, months: some(1, 12, 0) })
    .map((some) => ({ ...first, every: 'month' as const, ...some })),
  fc
    .record({ count: fc.integer({ min: 2, max: 30 }), times, weekdays: some(0, 6, 1) })
    .chain((some) => fc.constantFrom('day' as const, 'week' as const).map((every) => ({ ...first, ...some, every }))),
  fc.integer({ min: 1, max: 44_640 }).map((step) => ({ ...first, every: 'interval' as const, step })),
);

test('what needs more than cron is read back from its words', { timeout: PROPERTY_TIMEOUT_MS }, () =>
  checkProperty(
    'counted schedules',
    150,
    fc.property(counted, dates, fc.constantFrom('', '2029-03-01'), (schedule, start, end) => {
      const whole = { ...schedule, start, end };
      const words = wordsOfBuilt(whole, '24h');
      const meant = meaningOf(words);
      fc.pre(meant !== null);
      const read = meant && readAnswer(meant, first);
      expect(read, words).not.toBeNull();
      if (read === null) return;
      expect(read, words).toMatchObject({ start, end });
      const again = meaningOf(wordsOfBuilt(read, '24h'));
      expect(again?.scheduleRule ?? again?.cron, words).toEqual(meant?.scheduleRule ?? meant?.cron);
    }),
  ),
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

/** Null for what never runs, such as on 30 February. */
function meaningOf(words: string) {
  try {
    return understandSchedule(words, context).answer;
  } catch (refusal) {
    if (refusal instanceof SchedulerError && /never|no such day|31/.test(refusal.message)) return null;
    throw refusal;
  }
}
