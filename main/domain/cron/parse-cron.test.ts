import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { parseCron } from './parse-cron.ts';

const canonicalOf = (text: string): string => parseCron(text).canonical;

function refusalOf(text: string): SchedulerError {
  try {
    parseCron(text);
  } catch (error) {
    if (error instanceof SchedulerError) return error;
    throw error;
  }
  throw new Error(`"${text}" was accepted`);
}

describe('parseCron', () => {
  it.each([
    ['0 9 * * MON-FRI', '0 9 * * 1-5'],
    ['0 9 * * monday', '0 9 * * 1'],
    ['0 9 * * 7', '0 9 * * 0'],
    ['0 9 * * 5-7', '0 9 * * 0,5,6'],
    ['0 9 * * fri-sun', '0 9 * * 0,5,6'],
    ['0 9 ? * 1', '0 9 * * 1'],
    ['0 9 1 jan,JUL *', '0 9 1 */6 *'],
    ['  0\t9  *  * * ', '0 9 * * *'],
    ['00 09 * * *', '0 9 * * *'],
    ['0,15,30,45 * * * *', '*/15 * * * *'],
    ['0-59 0-23 1-31 1-12 0-6', '* * * * *'],
    ['*/1 * * * *', '* * * * *'],
    ['3,1,2,1 * * * *', '1-3 * * * *'],
    ['*/45 * * * *', '0,45 * * * *'],
    ['5/20 * * * *', '5,25,45 * * * *'],
    ['0-30/5 9 * * *', '0-30/5 9 * * *'],
    ['0 9 L * *', '0 9 L * *'],
    ['0 9 * * 5L', '0 9 * * 5L'],
    ['0 9 * * fri#2', '0 9 * * 5#2'],
    ['0 9 31 1-12 *', '0 9 31 1,3,5,7,8,10,12 *'],
    ['0 9 30,31 2,4 *', '0 9 30 4 *'],
    ['0 9 13 * 0-6', '0 9 * * *'],
    ['0 9 13 * 5', '0 9 13 * 5'],
    ['0 0 L 1 *', '0 0 31 1 *'],
  ])('reads %s as %s', (text, canonical) => {
    expect(canonicalOf(text)).toBe(canonical);
  });

  it.each([
    ['@hourly', '0 * * * *'],
    ['@daily', '0 0 * * *'],
    ['@midnight', '0 0 * * *'],
    ['@weekly', '0 0 * * 0'],
    ['@monthly', '0 0 1 * *'],
    ['@yearly', '0 0 1 1 *'],
    ['@Annually', '0 0 1 1 *'],
  ])('expands %s', (macro, canonical) => {
    expect(canonicalOf(macro)).toBe(canonical);
  });

  it.each([
    ['60 * * * *', 'minute', '60'],
    ['* 24 * * *', 'hour', '24'],
    ['0 9 0 * *', 'day-of-month', '0'],
    ['0 9 * 13 *', 'month', '13'],
    ['0 9 * * 8', 'day-of-week', '8'],
    ['30-10 * * * *', 'minute', '30-10'],
    ['0 9 * * 5-1', 'day-of-week', '5-1'],
    ['*/0 * * * *', 'minute', '*/0'],
    ['*/90 * * * *', 'minute', '*/90'],
    ['1,,2 * * * *', 'minute', ''],
    ['? 9 * * *', 'minute', '?'],
    ['x * * * *', 'minute', 'x'],
    ['0 9 32W * *', 'day-of-month', '32w'],
    ['0 9 24WD * *', 'day-of-month', '24wd'],
    ['0 9 LW-23 * *', 'day-of-month', 'lw-23'],
    ['0 9 L-31 * *', 'day-of-month', 'l-31'],
    ['0 9 L-0 * *', 'day-of-month', 'l-0'],
    ['0 9 1-15W * *', 'day-of-month', '15w'],
    ['0 9 13 * ++5', 'day-of-week', '+5'],
    ['0 9 * * L', 'day-of-week', 'l'],
    ['0 9 * * 1#6', 'day-of-week', '1#6'],
    ['-1 * * * *', 'minute', '-1'],
    ['1e1 * * * *', 'minute', '1e1'],
    ['0 9 * *', 'expression', '0 9 * *'],
    ['', 'expression', ''],
    ['@reboot', 'expression', '@reboot'],
    ['@every', 'expression', '@every'],
  ])('refuses %s and names the field', (text, field, value) => {
    const error = refusalOf(text);
    expect(error.code).toBe('schedule/invalid-cron');
    expect(error.details).toEqual({ field, value });
    if (field !== 'expression') expect(error.message).toContain(`${field} field`);
  });

  it('says how to fix a reversed range', () => {
    expect(refusalOf('0 22-6 * * *').message).toContain('22-23,0-6');
  });

  it('refuses seconds with the reason and the fix', () => {
    const error = refusalOf('0 30 9 * * 1');
    expect(error.code).toBe('schedule/seconds-not-supported');
    expect(error.message).toContain('"30 9 * * 1"');
  });

  it.each(['0 9 31 2 *', '0 9 30 feb *', '0 9 31 4,6,9,11 *'])('refuses %s, which never fires', (text) => {
    expect(refusalOf(text).code).toBe('schedule/never-fires');
  });

  it('compiles exact sets', () => {
    expect(parseCron('*/20 9-10 1,L 2 mon,5#2').sets).toEqual({
      minutes: [0, 20, 40],
      hours: [9, 10],
      months: [2],
      days: { monthDays: [1], lastDayOfMonth: true, weekdays: [1], nthWeekdays: [{ weekday: 5, nth: 2 }] },
      followsRealTime: false,
      repeatsWithinHours: false,
    });
    expect(parseCron('30 * * * *').sets).toMatchObject({ followsRealTime: true, repeatsWithinHours: true });
    expect(parseCron('*/30 1-6 * * *').sets).toMatchObject({ followsRealTime: false, repeatsWithinHours: true });
    expect(parseCron('0,30 2 * * *').sets).toMatchObject({ followsRealTime: false, repeatsWithinHours: false });
  });
});
