import { describe, expect, it } from 'vitest';
import { scheduleRuleSchema } from '../../contract/schedule-rule.ts';
import { parseCron } from '../cron/parse-cron.ts';
import { combinedSpec, mostCronLines } from './combined-spec.ts';
import { intervalSpec, longestIntervalMinutes } from './interval-spec.ts';
import type { Phase } from './phase.ts';
import { scheduleKey } from './schedule-key.ts';
import type { ScheduleSpec } from './schedule-spec.ts';
import { nextSlots } from './slots.ts';
import { specOf, storedSchedule } from './spec-of.ts';

const union = (crons: readonly string[], zone = 'UTC', phase: Phase | null = null): ScheduleSpec =>
  combinedSpec(crons.map(parseCron), phase, zone);
const keyOf = (...crons: string[]): string => scheduleKey(union(crons)).replace(/ UTC$/, '');
const from = Date.UTC(2026, 10, 23, 12);
const next = (spec: ScheduleSpec, count: number, after = from): string[] =>
  nextSlots(spec, after, count).map((ms) => new Date(ms).toISOString().slice(0, 16));

describe('the union of cron lines', () => {
  it.each([
    [['0 9 * * *'], '0 9 * * *'],
    [['0 9 * * *', '0 17 * * *'], '0 9,17 * * *'],
    [['0 9 * * 1', '0 9 * * 2-5'], '0 9 * * 1-5'],
    [['0 9 1 1 *', '0 9 1 7 *'], '0 9 1 1,7 *'],
    [['0 9 * * *', '0 9 * * 1'], '0 9 * * *'],
    [['0 9 1 * *', '0 9 * * 1'], '0 9 1 * 1'],
    [['*/30 9 * * *', '0 9 * * *', '30 9 * * *'], '0,30 9 * * *'],
    [['30 6 * * *', '0 15 * * *', '45 20 * * *'], '30 6 * * *; 0 15 * * *; 45 20 * * *'],
    [['0 9 * * *', '0 17 * * 1'], '0 9 * * *; 0 17 * * 1'],
    [['30 9 * * 1-5', '*/30 10-16 * * 1-5', '0 17 * * 1-5'], '30 9-16 * * 1-5; 0 10-17 * * 1-5'],
  ])('%j is %j', (crons, key) => {
    expect(keyOf(...crons)).toBe(parsedKey(key));
    expect(keyOf(...crons.toReversed(), ...crons)).toBe(parsedKey(key));
  });

  it('is due when any line is', () => {
    expect(next(union(['30 6 * * *', '0 15 * * *', '45 20 * * *']), 4)).toEqual([
      '2026-11-23T15:00',
      '2026-11-23T20:45',
      '2026-11-24T06:30',
      '2026-11-24T15:00',
    ]);
  });

  it('repeats an interval within some hours in the hour that a clock change repeats, as one cron line does', () => {
    const spec = union(['30 1-5 * * *', '0 2-6 * * *'], 'Europe/Berlin');
    const night = Date.UTC(2026, 9, 24, 22);
    expect(next(spec, 5, night)).toEqual([
      '2026-10-24T23:30',
      '2026-10-25T00:00',
      '2026-10-25T00:30',
      '2026-10-25T01:00',
      '2026-10-25T01:30',
    ]);
  });

  it('of more lines than a schedule may have is refused', () => {
    const crons = Array.from({ length: 61 }, (_, index) => `${index % 60} ${index % 24} ${(index % 28) + 1} * *`);
    expect(() => union(crons)).toThrow(/at most 60/);
  });
});

const parsedKey = (key: string): string => (key.includes(';') ? key : parseCron(key).canonical);

describe('every nth period', () => {
  const friday = (date: string): Phase => ({ count: 2, unit: 'week', from: date });

  it('counts weeks from Monday, from any day of the first week', () => {
    const spec = union(['0 9 * * 5'], 'UTC', friday('2026-12-04'));
    expect(next(spec, 3)).toEqual(['2026-12-04T09:00', '2026-12-18T09:00', '2027-01-01T09:00']);
    expect(scheduleKey(spec)).toBe(scheduleKey(union(['0 9 * * 5'], 'UTC', friday('2026-11-30'))));
    expect(scheduleKey(spec)).toBe(scheduleKey(union(['0 9 * * 5'], 'UTC', friday('2026-12-20'))));
    expect(scheduleKey(spec)).not.toBe(scheduleKey(union(['0 9 * * 5'], 'UTC', friday('2026-12-07'))));
  });

  it('counts days across months, and months across years', () => {
    const days = union(['0 9 * * *'], 'UTC', { count: 3, unit: 'day', from: '2026-11-29' });
    expect(next(days, 3)).toEqual(['2026-11-26T09:00', '2026-11-29T09:00', '2026-12-02T09:00']);
    const months = union(['0 9 1 * *'], 'UTC', { count: 5, unit: 'month', from: '2026-12-15' });
    expect(next(months, 3)).toEqual(['2026-12-01T09:00', '2027-05-01T09:00', '2027-10-01T09:00']);
  });

  it('is plain cron where cron can say it, and weeks where they are', () => {
    const sixth = union(['0 9 1 * *'], 'UTC', { count: 6, unit: 'month', from: '2026-12-01' });
    expect(sixth).toMatchObject({ kind: 'cron', cron: { canonical: '0 9 1 6,12 *' } });
    expect(scheduleKey(union(['0 9 * * *'], 'UTC', { count: 7, unit: 'day', from: '2026-12-04' }))).toBe(
      '0 9 * * 5 UTC',
    );
    expect(scheduleKey(union(['0 9 * * *'], 'UTC', { count: 14, unit: 'day', from: '2026-12-04' }))).toBe(
      scheduleKey(union(['0 9 * * 5'], 'UTC', friday('2026-12-04'))),
    );
  });

  it('uses the days of the zone', () => {
    const spec = union(['0 1 * * *'], 'Pacific/Auckland', { count: 2, unit: 'day', from: '2026-12-01' });
    expect(next(spec, 2)).toEqual(['2026-11-24T12:00', '2026-11-26T12:00']);
  });

  it('without a day that matches is refused', () => {
    const phase: Phase = { count: 24, unit: 'month', from: '2027-02-01' };
    expect(() => union(['0 9 29 2 *'], 'UTC', phase)).toThrow(/never fires/);
  });
});

describe('an interval of real time', () => {
  it('counts from its instant in both directions, whatever the clocks do', () => {
    const spec = intervalSpec(90, Date.UTC(2026, 2, 29), 'Europe/Berlin');
    expect(next(spec, 3, Date.UTC(2026, 2, 28, 22))).toEqual([
      '2026-03-28T22:30',
      '2026-03-29T00:00',
      '2026-03-29T01:30',
    ]);
  });

  it('has one key for every instant of the same rhythm', () => {
    const keys = [0, 90, -180].map((shift) => scheduleKey(intervalSpec(90, (1000 + shift) * 60_000, 'UTC')));
    expect(new Set(keys).size).toBe(1);
  });

  it('of no minute or of more than 31 days is refused', () => {
    expect(() => intervalSpec(0, 0, 'UTC')).toThrow(/1 minute to 31 days/);
    expect(() => intervalSpec(31 * 1440 + 1, 0, 'UTC')).toThrow(/1 minute to 31 days/);
  });
});

describe('the stored form', () => {
  it('accepts exactly what can be built', () => {
    const { crons, interval } = scheduleRuleSchema.shape;
    const lines = (count: number) => crons.safeParse(Array<string>(count).fill('0 9 * * *')).success;
    expect([lines(mostCronLines), lines(mostCronLines + 1)]).toEqual([true, false]);
    const minutes = (count: number) => interval.safeParse({ minutes: count, from: '2026-12-01T00:00:00.000Z' }).success;
    expect([minutes(longestIntervalMinutes), minutes(longestIntervalMinutes + 1)]).toEqual([true, false]);
  });

  const specs: readonly ScheduleSpec[] = [
    union(['30 6 * * *', '0 15 * * *', '45 20 * * *'], 'Europe/Berlin'),
    union(['0 9 * * 5'], 'UTC', { count: 2, unit: 'week', from: '2026-12-04' }),
    union(['0 9 * * 1-5', '0 11 * * 6'], 'UTC', { count: 3, unit: 'week', from: '2026-12-04' }),
    intervalSpec(65, Date.UTC(2026, 11, 1, 10, 5), 'Asia/Kathmandu'),
  ];

  it.each(specs)('of $kind %# is read back as the same schedule', (spec) => {
    expect(scheduleKey(specOf(storedSchedule(spec)))).toBe(scheduleKey(spec));
  });

  it.each(specs)(
    'has a cron expression that contains every slot of $kind %#, for a version that knows only that',
    (spec) => {
      const { cronExpression, timezone } = storedSchedule(spec);
      for (const slot of nextSlots(spec, from, 50))
        expect(nextSlots(specOf({ cronExpression, timezone }), slot - 1, 1)).toEqual([slot]);
    },
  );

  it('of a rule that no longer belongs to its cron expression is that cron expression', () => {
    const stored = storedSchedule(union(['30 6 * * *', '0 15 * * *']));
    expect(specOf({ ...stored, cronExpression: '0 8 * * *' })).toMatchObject({ kind: 'cron' });
  });
});
