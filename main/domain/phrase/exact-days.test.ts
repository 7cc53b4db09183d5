import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import { understandSchedule } from './understand-schedule.ts';
import { wordsOf } from './words-of.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };

/** Phrase, exact text, sentence. */
const ACCEPTED: readonly (readonly [phrase: string, exact: string, sentence: string])[] = [
  ['first working day of the month at 9', '0 9 1W * *', 'On the 1st working day of every month at 9:00'],
  ['third weekday of the month at 9am', '0 9 3WD * *', 'On the 3rd working day of every month at 9:00'],
  ['last business day of the month at 17:00', '0 17 LW * *', 'On the last working day of every month at 17:00'],
  ['every month on the last workday at 9', '0 9 LW * *', 'On the last working day of every month at 9:00'],
  ['monthly on the 5th work day at 9', '0 9 5WD * *', 'On the 5th working day of every month at 9:00'],
  [
    '1st and 10th business day of the month at 8',
    '0 8 1W,10WD * *',
    'On the 1st and 10th working day of every month at 8:00',
  ],
  [
    'second to last working day of the month at 9',
    '0 9 LW-1 * *',
    'On the 2nd to last working day of every month at 9:00',
  ],
  [
    'penultimate working day of the month at 9',
    '0 9 LW-1 * *',
    'On the 2nd to last working day of every month at 9:00',
  ],
  [
    'last working day of every quarter at 9',
    '0 9 LW 3,6,9,12 *',
    'On the last working day of March, June, September and December at 9:00',
  ],
  ['the first working day of january at 9', '0 9 1W 1 *', 'On the 1st working day of January at 9:00'],
  ['second to last day of the month at 9', '0 9 L-1 * *', '1 day before the last day of every month at 9:00'],
  ['third last day of the month at 9', '0 9 L-2 * *', '2 days before the last day of every month at 9:00'],
  [
    'second to last friday of the month at 9',
    '0 9 L-7,L-8,L-9,L-10,L-11,L-12,L-13 * +5',
    'On the 2nd to last Friday of every month at 9:00',
  ],
  ['3 days before the end of the month at 9', '0 9 L-3 * *', '3 days before the last day of every month at 9:00'],
  ['penultimate day of march at 9', '0 9 30 3 *', 'Every year on 30 March at 9:00'],
  ['working day nearest the 15th at 9', '0 9 15W * *', 'On the working day nearest the 15th of every month at 9:00'],
  ['nearest weekday to the 15th at 9', '0 9 15W * *', 'On the working day nearest the 15th of every month at 9:00'],
  ['on the business day closest to the 1st at 9', '0 9 1W * *', 'On the 1st working day of every month at 9:00'],
  ['every friday the 13th at 9am', '0 9 13 * +5', 'Every Friday the 13th at 9:00'],
  ['friday the 13th at 9am', '0 9 13 * +5', 'Every Friday the 13th at 9:00'],
  ['the 13th if it is a friday at 9', '0 9 13 * +5', 'Every Friday the 13th at 9:00'],
  [
    'the 1st and 15th if it falls on a weekday at 9',
    '0 9 1,15 * +1-5',
    'On the 1st and 15th of every month if it is Monday to Friday at 9:00',
  ],
  ['mondays the 1st to the 7th at 9', '0 9 * * 1#1', 'On the first Monday of every month at 9:00'],
  [
    'last day of the month if it is a monday or tuesday at 9',
    '0 9 L * +1,2',
    'On the last day of every month if it is Monday or Tuesday at 9:00',
  ],
  ['the 15th except weekends at 9', '0 9 15 * +1-5', 'On the 15th of every month if it is Monday to Friday at 9:00'],
  [
    'weekdays except the 1st at 9',
    '0 9 2-31 * +1-5',
    'On the 2nd to 31st of every month if it is Monday to Friday at 9:00',
  ],
  ['0 0 9 15W * ?', '0 9 15W * *', 'On the working day nearest the 15th of every month at 9:00'],
  ['0 0 9 LW * ?', '0 9 LW * *', 'On the last working day of every month at 9:00'],
  ['0 9 13 * +FRI', '0 9 13 * +5', 'Every Friday the 13th at 9:00'],
  [
    'every 5 months on the first working day at 9',
    '0 9 1W * * every 5 months from 2026-12-01',
    'Every 5 months on the 1st working day at 9:00, counted from 1 December 2026',
  ],
];

describe('days that cron cannot say', () => {
  it.each(ACCEPTED)('"%s" is %s: %s', (phrase, exact, sentence) => {
    const { spec, answer } = understandSchedule(phrase, context);
    expect(scheduleText(storedSchedule(spec))).toBe(exact);
    expect(answer.sentence).toBe(sentence);
    expect(wordsOf(spec, '24h')).toBe(sentence);
  });

  it('warns that months without the day are skipped', () => {
    expect(understandSchedule('0 9 30W * *', context).answer.warnings.join()).toContain('Months without a day 30');
  });
});
