import { describe, expect, it } from 'vitest';
import { scheduleKey } from './schedule-key.ts';
import { specOf, storedSchedule } from './spec-of.ts';

describe('stored schedules', () => {
  it('of cron schedules are canonical', () => {
    const spec = specOf({ cronExpression: '0 9 * * MON-FRI', timezone: 'Asia/Calcutta' });
    expect(storedSchedule(spec)).toEqual({ cronExpression: '0 9 * * 1-5', timezone: 'Asia/Kolkata' });
    expect(scheduleKey(spec)).toBe('0 9 * * 1-5 Asia/Kolkata');
  });

  it('of one-shots store the instant, and its minute, hour, day and month in the zone', () => {
    const stored = { cronExpression: '15 23 3 12 *', timezone: 'Asia/Tokyo', runAt: '2026-12-03T14:15:00.000Z' };
    expect(storedSchedule(specOf(stored))).toEqual(stored);
    expect(scheduleKey(specOf(stored))).toBe('once 2026-12-03T14:15:00.000Z Asia/Tokyo');
  });

  it('with a damaged instant or zone are refused', () => {
    expect(() => specOf({ cronExpression: '* * * * *', timezone: 'UTC', runAt: 'soon' })).toThrow(/runAt "soon"/);
    expect(() => specOf({ cronExpression: '* * * * *', timezone: 'Mars/Base' })).toThrow(/not an IANA time zone/);
  });
});
