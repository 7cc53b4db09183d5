import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { cronSpec } from '../timing/cron-spec.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { nextSlots } from '../timing/slots.ts';
import { specOf, storedSchedule } from '../timing/spec-of.ts';

const datesOf = (text: string, count: number): string[] =>
  nextSlots(cronSpec(text, 'UTC'), Date.UTC(2026, 0, 1), count).map((slot) =>
    new Date(slot).toISOString().slice(0, 10),
  );
const textOf = (text: string): string => scheduleText(storedSchedule(cronSpec(text, 'UTC')));

describe('days that cron cannot say', () => {
  it.each([
    ['0 9 15W * *', '2026-01-15 2026-02-16 2026-03-16 2026-04-15', '0 9 14-16 * *'],
    ['0 9 LW * *', '2026-01-30 2026-02-27 2026-03-31 2026-04-30', '0 9 26-31 * *'],
    ['0 9 LW-1 * *', '2026-01-29 2026-02-26 2026-03-30 2026-04-29', '0 9 25-30 * *'],
    ['0 9 L-3 * *', '2026-01-28 2026-02-25 2026-03-28 2026-04-27', '0 9 25-28 * *'],
    ['0 9 3WD * *', '2026-01-05 2026-02-04 2026-03-04 2026-04-03', '0 9 3-5 * *'],
    ['0 9 1W * *', '2026-01-01 2026-02-02 2026-03-02 2026-04-01', '0 9 1-3 * *'],
    ['0 9 13 * +5', '2026-02-13 2026-03-13 2026-11-13 2027-08-13', '0 9 13 * *'],
    ['0 9 L * +5', '2026-07-31 2027-04-30 2027-12-31 2028-03-31', '0 9 * * 5#4,5#5'],
    ['0 9 2-31 * +1-5', '2026-01-02 2026-01-05 2026-01-06 2026-01-07', '0 9 * * 1-5'],
    ['0 9 L-3 * 1', '2026-01-05 2026-01-12 2026-01-19 2026-01-26', '0 9 22-28 * 1'],
  ])('%s runs on %s, inside the cron %s', (text, dates, cover) => {
    expect(datesOf(text, 4).join(' ')).toBe(dates);
    const stored = storedSchedule(cronSpec(text, 'UTC'));
    expect(stored).toEqual({ cronExpression: cover, timezone: 'UTC', scheduleRule: { lines: [text] } });
    expect(scheduleKey(specOf(stored))).toBe(scheduleKey(cronSpec(text, 'UTC')));
  });

  it.each([
    ['0 9 8-14 * +5', '0 9 * * 5#2'],
    ['0 9 * * +5', '0 9 * * 5'],
    ['0 9 13 * +*', '0 9 13 * *'],
    ['0 9 L-0,15 2 *', null],
    ['0 9 13 * +fri', '0 9 13 * +5'],
    ['0 9 1WD * *', '0 9 1W * *'],
    ['0 9 31W * *', '0 9 LW 1,3,5,7,8,10,12 *'],
    ['0 9 lw,15w,15w * *', '0 9 15W,LW * *'],
    ['0 9 L-1 4 *', '0 9 29 4 *'],
    ['0 9 15W * *; 0 17 15W * *', '0 9,17 15W * *'],
    ['0 9 15W * *; 0 9 LW * *', '0 9 15W,LW * *'],
    ['0 9 13 * +5; 0 9 1 * *', '0 9 1 * *; 0 9 13 * +5'],
    ['0 9 LW * * every 2 months from 2026-01-01', '0 9 LW */2 *'],
    ['0 9 LW * * every 5 months from 2026-01-01', '0 9 LW * * every 5 months from 2026-01-01'],
  ])('%s has the same meaning, and text, as %s', (text, canonical) => {
    if (canonical === null) expect(() => textOf(text)).toThrow('counts back from the last day');
    else expect(textOf(text)).toBe(canonical);
  });

  it.each(['0 9 31 * +5 every 2 weeks from 2026-01-01', '0 9 13 * +5'])('%s is read back from its text', (text) => {
    expect(textOf(textOf(text))).toBe(textOf(text));
  });

  it('refuses days that never come', () => {
    expect(() => cronSpec('0 9 30 2 +5', 'UTC')).toThrow('never fires');
    expect(() => cronSpec('0 9 30W 2 *', 'UTC')).toThrow('never fires');
  });

  it('fires at the covering cron if a version does not know the rule, and is replaced by a changed expression', () => {
    const stored = storedSchedule(cronSpec('0 9 LW * *', 'UTC'));
    const changed = specOf({ ...stored, cronExpression: '0 10 * * *' });
    expect(scheduleKey(changed)).toBe('0 10 * * * UTC');
  });
});
