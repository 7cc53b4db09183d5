import { describe, expect, test } from 'vitest';
import { storedSchedule } from '../../../../../main/domain/timing/spec-of.ts';
import { understandSchedule } from '../../../../../main/domain/phrase/understand-schedule.ts';
import { cronOfBuilt, firstBuilt } from './built-schedule.ts';
import type { BuiltSchedule } from './built-schedule.ts';
import { wordsOfBuilt } from './built-words.ts';
import { readAnswer, readBuilt } from './read-built.ts';

const first = firstBuilt('2026-12-24');
const context = { nowMs: Date.parse('2026-11-25T12:00:00Z'), machineTimezone: 'Europe/Berlin' };
const everyDay = { weekdays: [] };
const working = { window: { from: 9, to: 17 }, weekdays: [1, 2, 3, 4, 5] };

const cases: [Partial<BuiltSchedule>, words: string, cron: string | null][] = [
  [{ every: 'minutes', step: 1, ...everyDay }, 'every minute', '* * * * *'],
  [{ every: 'minutes', step: 20, ...everyDay }, 'every 20 minutes', '*/20 * * * *'],
  // Narrower than this cron: the last run is at 17:00.
  [{ every: 'minutes', step: 15, ...working }, 'every 15 minutes from 9:00 to 17:00 on weekdays', '*/15 9-17 * * 1-5'],
  [
    { every: 'minutes', step: 15, window: { from: 9, to: 16.75 }, weekdays: [1, 2, 3, 4, 5] },
    'every 15 minutes from 9:00 to 16:45 on weekdays',
    '*/15 9-16 * * 1-5',
  ],
  [{ every: 'hours', step: 1, minute: 5, ...everyDay }, 'every hour at :05', '5 * * * *'],
  [{ every: 'hours', step: 6, minute: 30, ...everyDay }, 'every 6 hours at :30', '30 */6 * * *'],
  [{ every: 'hours', step: 1, ...working }, 'every hour from 9:00 to 17:00 on weekdays', '0 9-17 * * 1-5'],
  [
    { every: 'hours', step: 2, minute: 30, window: { from: 9, to: 18 }, weekdays: [0, 6], months: [7] },
    'every 2 hours at :30 from 9:00 to 18:00 on weekends in July',
    '30 9-17/2 * 7 0,6',
  ],
  [{ every: 'day', times: ['18:05'] }, 'every day at 18:05', '5 18 * * *'],
  [{ every: 'day', times: ['17:00', '09:00'] }, 'every day at 9:00 and 17:00', '0 9,17 * * *'],
  [{ every: 'day', times: ['09:00'], months: [6, 7, 8] }, 'every day in June, July and August at 9:00', '0 9 * 6-8 *'],
  [{ every: 'week', weekdays: [5, 1], times: ['09:00'] }, 'every Monday and Friday at 9:00', '0 9 * * 1,5'],
  [{ every: 'week', weekdays: [1, 2, 3, 4, 5], times: ['09:00'] }, 'weekdays at 9:00', '0 9 * * 1-5'],
  [{ every: 'month', day: '21', times: ['00:00'] }, 'on the 21st of every month at 0:00', '0 0 21 * *'],
  [{ every: 'month', day: 'last', times: ['23:59'] }, 'on the last day of every month at 23:59', '59 23 L * *'],
  [{ every: 'month', day: '2#1', times: ['10:00'] }, 'on the second Monday of every month at 10:00', '0 10 * * 1#2'],
  [
    { every: 'month', day: 'last#5', months: [3, 6], times: ['16:30'] },
    'on the last Friday of March and June at 16:30',
    '30 16 * 3,6 5L',
  ],
  [{ every: 'month', day: '25', months: [12], times: ['09:00'] }, 'every year on 25 December at 9:00', '0 9 25 12 *'],
  [
    { every: 'week', count: 2, weekdays: [1, 5], times: ['09:00', '17:30'], start: '2027-01-04', end: '2027-03-31' },
    'every 2 weeks on Monday and Friday at 9:00 and 17:30 from 2027-01-04 until 2027-03-31',
    '*/30 9,17 * * 1,5',
  ],
  [
    { every: 'day', count: 3, times: ['09:00'], start: '2027-01-04' },
    'every 3 days at 9:00 from 2027-01-04',
    '0 9 * * *',
  ],
  [
    { every: 'interval', step: 90, start: '2027-01-04', times: ['08:10'] },
    'every 90 minutes from 2027-01-04 08:10',
    '10,40 * * * *',
  ],
  [
    { every: 'month', day: 'last#work', times: ['17:00'] },
    'on the last working day of every month at 17:00',
    '0 17 26-31 * *',
  ],
  [{ every: 'day', times: ['09:00'], end: '2027-03-31' }, 'every day at 9:00 until 2027-03-31', '0 9 * * *'],
  [{ every: 'demand' }, 'on demand', null],
  [{ every: 'event', events: ['login', 'wake'] }, 'at login or on wake', null],
  [{ every: 'once', date: '2026-12-24', times: ['18:00'] }, '2026-12-24 18:00', null],
];

describe.each(cases)('%j', (change, words, cron) => {
  const built = { ...first, ...change };

  test('is written in words that mean it', () => {
    expect(wordsOfBuilt(built, '24h')).toBe(words);
    expect(understandSchedule(words, context).answer.cron).toBe(cron);
  });

  test('is read back', () => {
    const sorted = [...built.weekdays].sort((a, b) => a - b);
    const isWeekly = !['interval', 'day', 'month', 'once', 'event', 'demand'].includes(built.every);
    const times = isWeekly && built.every !== 'week' ? {} : { times: [...built.times].sort() };
    const read = readBuilt(words, first) ?? readAnswer(understandSchedule(words, context).answer, first);
    expect(read).toMatchObject({
      ...change,
      ...(isWeekly ? { weekdays: sorted } : {}),
      ...times,
    });
  });
});

test('a range of weekdays is read as its days', () => {
  expect(readBuilt('0 9 * * 1-5', first)).toMatchObject({ every: 'week', weekdays: [1, 2, 3, 4, 5] });
});

test('a window to the end of the day ends at its last minute', () => {
  const built = { ...first, every: 'minutes', window: { from: 18, to: 24 }, weekdays: [1] } as const;
  expect(wordsOfBuilt(built, '24h')).toBe('every 15 minutes from 18:00 to 23:59 on Monday');
  expect(understandSchedule(wordsOfBuilt(built, '24h'), context).answer.cron).toBe('*/15 18-23 * * 1');
});

test('a zone that the text named stays', () => {
  const built = { ...first, every: 'week', months: [7], times: ['09:00'] } as const;
  const words = wordsOfBuilt(built, '24h', 'Asia/Tokyo');
  expect(words).toBe('weekdays in July at 9:00 in Asia/Tokyo');
  expect(understandSchedule(words, context).answer).toMatchObject({ cron: '0 9 * 7 1-5', timezone: 'Asia/Tokyo' });
});

test('a week without a day is every day', () =>
  expect(cronOfBuilt({ ...first, every: 'week', weekdays: [] })).toBe('0 9 * * *'));

test.each([
  'every weekday at 9am',
  '*/45 * * * *',
  '*/15 0-5,22,23 * * *',
  '0 9 1 * 1',
  '0 9 1,15 * *',
  '0 9 L-1 * *',
  '60 9 * * *',
  '0 9 * 13 *',
  '0 9 * * 5-1x',
  '0 9 * * 5-1',
  '0 9 * *',
  '',
])('%s cannot be built', (schedule) => expect(readBuilt(schedule, first)).toBeNull());

describe('what a text means is read', () => {
  const read = (words: string) => readAnswer(understandSchedule(words, context).answer, first);

  test.each([
    ['every day at 6:30, 15:00 and 20:45', { every: 'day', times: ['06:30', '15:00', '20:45'], months: [] }],
    [
      'weekdays at 9:00, 10:15 and 11:00',
      { every: 'week', weekdays: [1, 2, 3, 4, 5], times: ['09:00', '10:15', '11:00'] },
    ],
    ['on the last friday of march and june at 9:00 and 17:30', { every: 'month', day: 'last#5', months: [3, 6] }],
  ])('%s', (words, built) => {
    expect(read(words)).toMatchObject(built);
    const written = wordsOfBuilt(read(words) ?? first, '24h');
    expect(understandSchedule(written, context).answer.scheduleRule).toEqual(
      understandSchedule(words, context).answer.scheduleRule,
    );
  });

  test.each([
    'every 5 months on the 1st at 9',
    'every 2 weeks on friday at 9 in july',
    'weekdays at 9 and saturdays at 11',
    'every 30 minutes between 9:30 and 17:00 on weekdays',
  ])('%s is not taken for something else', (words) => expect(read(words)).toBeNull());
});

test('times at different minutes are a schedule of several cron lines', () => {
  const built: BuiltSchedule = { ...first, every: 'week', weekdays: [1], times: ['09:00', '17:30'] };
  const words = wordsOfBuilt(built, '24h');
  expect([words, cronOfBuilt(built)]).toEqual(['every Monday at 9:00 and 17:30', null]);
  expect(storedSchedule(understandSchedule(words, context).spec).scheduleRule?.crons).toEqual([
    '0 9 * * 1',
    '30 17 * * 1',
  ]);
});
