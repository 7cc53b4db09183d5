import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { neutralClock } from '../../contract/time-style.ts';
import { SchedulerError } from '../errors.ts';
import { sentence } from '../naming/sentence.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import { understandSchedule } from './understand-schedule.ts';
import { wordsOf } from './words-of.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };
const read = (phrase: string) => understandSchedule(phrase, context);
const meaning = (phrase: string): string => scheduleText(storedSchedule(read(phrase).spec));

/** Phrase, its cron lines, and its sentence. */
const PHRASES: readonly (readonly [phrase: string, lines: string, sentence: string])[] = [
  ['every day at 6:30, 15:00 and 20:45', '30 6 * * *; 0 15 * * *; 45 20 * * *', 'Every day at 6:30, 15:00 and 20:45'],
  ['every day at 9am and 5:30pm', '0 9 * * *; 30 17 * * *', 'Every day at 9:00 and 17:30'],
  ['weekdays at 09:00 & 17:30', '0 9 * * 1-5; 30 17 * * 1-5', 'Weekdays at 9:00 and 17:30'],
  [
    'every 30 minutes between 9:30 and 17:00 on weekdays',
    '30 9-16 * * 1-5; 0 10-17 * * 1-5',
    'Every 30 minutes, 9:30 to 17:00, Monday to Friday',
  ],
  [
    'every 15 minutes between 9:00 and 17:00 on weekdays',
    '0 9-17 * * 1-5; 15,30,45 9-16 * * 1-5',
    'Every 15 minutes, 9:00 to 17:00, Monday to Friday',
  ],
  [
    'every 20 minutes from 22:00 to 6:00',
    '0 0-6,22,23 * * *; 20,40 0-5,22,23 * * *',
    'Every 20 minutes, 22:00 to 6:00',
  ],
  ['weekdays at 9 and saturdays at 11', '0 9 * * 1-5; 0 11 * * 6', 'Weekdays at 9:00 and every Saturday at 11:00'],
  [
    'every monday at 9am and every friday at 5pm',
    '0 9 * * 1; 0 17 * * 5',
    'Every Monday at 9:00 and every Friday at 17:00',
  ],
  [
    'weekdays at 9; saturdays at 11, on the last day of the month at 18:00',
    '0 9 * * 1-5; 0 11 * * 6; 0 18 L * *',
    'Weekdays at 9:00 and every Saturday at 11:00 and on the last day of every month at 18:00',
  ],
];

describe('several times and days in one schedule', () => {
  it.each(PHRASES)('"%s" is %s', (phrase, lines) => {
    expect(meaning(phrase)).toBe(lines);
  });

  it.each(PHRASES)('"%s" is shown as a sentence that is read back', (phrase, _lines, words) => {
    const { spec } = read(phrase);
    expect(sentence(spec, neutralClock)).toBe(words);
    expect(wordsOf(spec, neutralClock)).toBe(words);
  });

  it.each(PHRASES)('"%s" has an exact text that is read back', (phrase) => {
    expect(scheduleKey(read(meaning(phrase)).spec)).toBe(scheduleKey(read(phrase).spec));
  });

  it('includes a run at the end of a window, with a note for minutes; ends between two runs at the one before it', () => {
    expect(meaning('every hour between 9 and 18')).toBe('0 9-18 * * *');
    expect(meaning('every half hour between 9:00 and 17:00')).toBe('0 9-17 * * *; 30 9-16 * * *');
    expect(meaning('every half hour between 9:00 and 16:30')).toBe('*/30 9-16 * * *');
    expect(meaning('every half hour between 9:00 and 16:59')).toBe('*/30 9-16 * * *');
    const note = 'The run at 17:00, the end of the window, is included: write 16:30 to leave it out.';
    expect(read('every half hour between 9:00 and 17:00').answer.warnings).toEqual([note]);
  });

  it('follows real time through the repeated hour of a window past midnight, as the cron of its hours does', () => {
    const inLondon = { ...context, machineTimezone: 'Europe/London' };
    const { answer } = understandSchedule('every 10 minutes from 22:00 to 6:00', inLondon);
    expect(answer.warnings.filter((warning) => /clocks/.test(warning))).toEqual([
      'On 28 March 2027 the clocks in Europe/London skip 1:00: that run starts at 2:00.',
    ]);
  });

  it('of certain days do not say times after midnight as the end of their night', () => {
    const words = sentence(read('*/20 22,23 * * 1; 0 0 * * 1').spec, neutralClock);
    expect(words).not.toMatch(/22:00 to 0:00/);
  });

  it('is plain cron if one line says it', () => {
    expect(read('mondays at 9 and tuesdays at 9').spec).toMatchObject({
      kind: 'cron',
      cron: { canonical: '0 9 * * 1,2' },
    });
    expect(read('0 9 * * *; 0 17 * * *').spec).toMatchObject({ kind: 'cron', cron: { canonical: '0 9,17 * * *' } });
  });

  it('takes a zone at the end for all parts', () => {
    expect(read('weekdays at 9 and saturdays at 11 in Tokyo').spec.timezone).toBe('Asia/Tokyo');
  });

  it('tells the next runs of all parts, and what one cron line cannot say', () => {
    const { answer } = read('weekdays at 9 and saturdays at 11');
    expect(answer).toMatchObject({
      kind: 'combined',
      cron: '0 9,11 * * 1-6',
      scheduleRule: { crons: ['0 9 * * 1-5', '0 11 * * 6'] },
    });
    expect(read('fridays at 9 and saturdays at 11').answer.nextRuns.slice(0, 2)).toEqual([
      '2026-11-27T09:00:00.000Z',
      '2026-11-28T11:00:00.000Z',
    ]);
  });

  it.each([
    'weekdays at 9 and saturdays',
    'mondays and at 9',
    'weekdays at 9 and tomorrow at 11',
    'weekdays at 9 in Tokyo and saturdays at 11 in Paris',
    'weekdays at 9 and banana at 11',
  ])('"%s" is refused: a part says its days and its times', (phrase) => {
    expect(() => read(phrase)).toThrow(SchedulerError);
  });

  it('with lines in two zones is refused by name', () => {
    expect(() => read('CRON_TZ=Asia/Tokyo 0 9 * * *; CRON_TZ=Europe/Paris 0 10 * * 1')).toThrow(/share one time zone/);
  });
});
