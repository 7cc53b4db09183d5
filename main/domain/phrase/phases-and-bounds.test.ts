import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { neutralClock } from '../../contract/time-style.ts';
import { SchedulerError } from '../errors.ts';
import { sentence } from '../naming/sentence.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import { understandSchedule } from './understand-schedule.ts';
import { wordsOf } from './words-of.ts';

/** A Monday. */
const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };
const read = (phrase: string) => understandSchedule(phrase, context);
const meaning = (phrase: string): string => scheduleText(storedSchedule(read(phrase).spec));

/** Phrase, its exact text, and its first run. */
const PHASES: readonly (readonly [phrase: string, text: string, first: string])[] = [
  ['every other friday at 9', '0 9 * * 5 every 2 weeks from 2026-11-27', '2026-11-27T09:00'],
  ['every 2 weeks on friday at 9', '0 9 * * 5 every 2 weeks from 2026-11-27', '2026-11-27T09:00'],
  ['fortnightly on friday at 9', '0 9 * * 5 every 2 weeks from 2026-11-27', '2026-11-27T09:00'],
  ['alternate fridays at 9', '0 9 * * 5 every 2 weeks from 2026-11-27', '2026-11-27T09:00'],
  ['every other friday at 9 from 1 december', '0 9 * * 5 every 2 weeks from 2026-12-04', '2026-12-04T09:00'],
  ['every 2 weeks from 4 december 2026 at 9', '0 9 * * 5 every 2 weeks from 2026-12-04', '2026-12-04T09:00'],
  ['every 3 days from 1 december at 9', '0 9 * * * every 3 days from 2026-12-01', '2026-12-01T09:00'],
  ['every other day at 9am', '0 9 * * * every 2 days from 2026-11-24', '2026-11-24T09:00'],
  ['every 10 days at noon', '0 12 * * * every 10 days from 2026-11-23', '2026-11-23T12:00'],
  ['every 14 days at 9 from 2026-12-04', '0 9 * * 5 every 2 weeks from 2026-12-04', '2026-12-04T09:00'],
  ['every 2 months on the 1st at 9 from december', '0 9 1 2-12/2 *', '2026-12-01T09:00'],
  ['every 5 months on the 1st at 9', '0 9 1 * * every 5 months from 2026-12-01', '2026-12-01T09:00'],
  ['every 2 years on 1 january at 9', '0 9 1 1 * every 24 months from 2027-01-01', '2027-01-01T09:00'],
  ['every 48 hours at 9', '0 9 * * * every 2 days from 2026-11-24', '2026-11-24T09:00'],
  ['every 90 minutes', '@every 90m from 2026-11-23T10:00:00.000Z', '2026-11-23T11:30'],
  ['every 5 hours', '@every 300m from 2026-11-23T10:00:00.000Z', '2026-11-23T15:00'],
  ['@every 65m', '@every 65m from 2026-11-23T10:00:00.000Z', '2026-11-23T11:05'],
  ['@every 1h30m', '@every 90m from 2026-11-23T10:00:00.000Z', '2026-11-23T11:30'],
  ['every 90 minutes from 1 december at 8:00', '@every 90m from 2026-12-01T08:00:00.000Z', '2026-12-01T08:00'],
  ['every 36 hours from 1 december at 6', '@every 2160m from 2026-12-01T06:00:00.000Z', '2026-12-01T06:00'],
  ['every 5 hours from 1 december at 18', '@every 300m from 2026-12-01T18:00:00.000Z', '2026-12-01T18:00'],
  ['every 45 minutes between 9 and 17', '0,45 9,12,15 * * *; 30 10,13,16 * * *; 15 11,14 * * *', '2026-11-23T10:30'],
];

describe('every nth period and intervals of real time', () => {
  it.each(PHASES)('"%s" is %s', (phrase, text, first) => {
    expect(meaning(phrase)).toBe(text);
    expect(read(phrase).answer.nextRuns[0]?.slice(0, 16)).toBe(first);
  });

  it.each(PHASES)('"%s" has an exact text that is read back', (phrase) => {
    expect(scheduleKey(read(meaning(phrase)).spec)).toBe(scheduleKey(read(phrase).spec));
  });

  it.each([
    ['every other friday at 9', 'Every 2 weeks on Friday at 9:00, counted from 27 November 2026'],
    ['every 3 days from 1 december at 9', 'Every 3 days at 9:00, counted from 1 December 2026'],
    ['every 5 months on the 1st at 9', 'Every 5 months on the 1st at 9:00, counted from 1 December 2026'],
    ['every 90 minutes', 'Every 90 minutes, counted from 23 November 2026 at 10:00'],
    ['every 5 hours', 'Every 5 hours, counted from 23 November 2026 at 10:00'],
  ])('"%s" is shown as "%s", which is read back', (phrase, words) => {
    const { spec } = read(phrase);
    expect(sentence(spec, neutralClock)).toBe(words);
    expect(wordsOf(spec, neutralClock)).toBe(words);
  });

  it('says from which day it counts if the phrase does not', () => {
    expect(read('every other friday at 9').answer.warnings).toContain('Counted from Friday, 27 November 2026.');
  });

  it.each([
    'every 90 minutes on weekdays',
    'every 7 minutes at 9',
    'every 2 weeks on monday at 9 and fridays at 11',
    'every day at 9 counted from 1 december',
    '@every 90s',
    '@every 5 bananas',
    '0 9 * * 5 every 2 weeks from 2026-02-30',
  ])('"%s" is refused', (phrase) => {
    expect(() => read(phrase)).toThrow(SchedulerError);
  });
});

describe('the first and last day', () => {
  it.each([
    ['every day at 9 from 1 december', '2026-12-01T00:00', null, '2026-12-01T09:00'],
    ['every day at 9 from 1 december until 24 december', '2026-12-01T00:00', '2026-12-24T23:59', '2026-12-01T09:00'],
    ['every day at 9 from 1 december to 24 december', '2026-12-01T00:00', '2026-12-24T23:59', '2026-12-01T09:00'],
    ['weekdays at 9 starting monday', null, null, '2026-11-24T09:00'],
    ['weekdays at 9 starting next monday', '2026-11-30T00:00', null, '2026-11-30T09:00'],
    ['every hour until friday', null, '2026-11-27T23:59', '2026-11-23T11:00'],
    ['every day at 9 starting on 2027-01-04', '2027-01-04T00:00', null, '2027-01-04T09:00'],
    ['every day at 9 from 20 november', '2027-11-20T00:00', null, '2027-11-20T09:00'],
    ['every day at 9 from march', '2027-03-01T00:00', null, '2027-03-01T09:00'],
    ['weekdays at 9 and saturdays at 11 until 24 december', null, '2026-12-24T23:59', '2026-11-24T09:00'],
  ] as const)('of "%s" are %s and %s', (phrase, start, end, first) => {
    const { startDate, endDate, nextRuns } = read(phrase).answer;
    expect([startDate?.slice(0, 16) ?? null, endDate?.slice(0, 16) ?? null]).toEqual([start, end]);
    expect(nextRuns[0]?.slice(0, 16)).toBe(first);
  });

  it('are days of the zone', () => {
    expect(read('every day at 9 in Tokyo from 1 december').answer.startDate).toBe('2026-11-30T15:00:00.000Z');
  });

  it('leave ranges as they are', () => {
    expect(read('every day at 9 from monday to friday').answer).toMatchObject({ cron: '0 9 * * 1-5' });
    expect(read('every hour from 9 to 17').answer).toMatchObject({ cron: '0 9-17 * * *' });
    expect(read('every day at 9 from march to june').answer).toMatchObject({ cron: '0 9 * 3-6 *' });
  });

  it.each([
    'every day at 9 from 24 december until 2026-12-01',
    'tomorrow at 9 until friday',
    'every day at 9 until 20 foo',
  ])('of "%s" are refused', (phrase) => {
    expect(() => read(phrase)).toThrow(SchedulerError);
  });
});
