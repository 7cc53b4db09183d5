import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from './understand-schedule.ts';

const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' };

/** Returns the zone of a phrase, or what is suggested instead. */
function zoneOf(phrase: string): string | string[] {
  try {
    return understandSchedule(phrase, context).spec.timezone;
  } catch (error) {
    if (error instanceof SchedulerError) return error.details['suggestions'] as string[];
    throw error;
  }
}

describe('an offset from UTC', () => {
  it.each([
    ['UTC+2', 'Etc/GMT-2'],
    ['UTC +2', 'Etc/GMT-2'],
    ['UTC + 2', 'Etc/GMT-2'],
    ['UTC+02:00', 'Etc/GMT-2'],
    ['GMT-0500', 'Etc/GMT+5'],
    ['UTC+0', 'UTC'],
    ['EST5EDT', 'EST5EDT'],
  ])('%s is a zone', (words, zone) => {
    expect(zoneOf(`every day at 9am ${words}`)).toBe(zone);
  });

  it.each([
    ['UTC+5:30', ['every day at 9am in Kolkata']],
    ['GMT+0530', ['every day at 9am in Kolkata']],
    ['UTC+5.5', ['every day at 9am in Kolkata']],
    ['UTC-9:30', ['every day at 9am in Marquesas']],
    ['UTC+15', []],
    ['+02:00', ['every day at 9am UTC+2']],
  ])('%s is refused, with a zone that has it', (words, suggestions) => {
    expect(zoneOf(`every day at 9am ${words}`)).toEqual(suggestions);
  });
});

describe('an offset from another zone is refused, with each reading', () => {
  it.each([
    ['CET+1', ['CET', 'UTC+2', 'UTC+1']],
    ['CET +1', ['CET', 'UTC+2', 'UTC+1']],
    ['EET-1', ['EET', 'UTC+1', 'UTC-1']],
    ['WET+1', ['WET', 'UTC+1']],
    ['BST+1', ['in London']],
    ['EST-5', ['in New York']],
    ['in Berlin +1', ['in Berlin', 'in UTC+1']],
  ])('%s', (words, readings) => {
    expect(zoneOf(`every day at 9am ${words}`)).toEqual(readings.map((each) => `every day at 9am ${each}`));
  });

  it('beside a date too', () => {
    expect(zoneOf('2026-12-03 09:00 CET+1')).toEqual([
      '2026-12-03 09:00 CET',
      '2026-12-03 09:00 UTC+2',
      '2026-12-03 09:00 UTC+1',
    ]);
    expect(understandSchedule('2026-12-03 09:00 in Tokyo', context).answer.runAt).toBe('2026-12-03T00:00:00.000Z');
  });
});

it('a suggestion keeps the time of day that was said', () => {
  expect(zoneOf('second and fourth wednesday at 14:00')).toEqual(['second and fourth wednesday of the month at 14:00']);
  expect(zoneOf('third or fifth banana wednesday at 14:00')).toEqual([]);
});
