import { describe, expect, it } from 'vitest';
import { isOnDemand, neverRunAt, scheduleText } from '../../contract/schedule-rule.ts';
import { scheduleKey } from './schedule-key.ts';
import { slotsBetween } from './slots.ts';
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

  it('of tasks on demand are never due, also for a version that does not know them', () => {
    const stored = storedSchedule({ kind: 'on-demand', timezone: 'Asia/Tokyo' });
    expect(stored).toEqual({
      cronExpression: '0 9 1 1 *',
      timezone: 'Asia/Tokyo',
      runAt: neverRunAt,
      scheduleRule: { events: [] },
    });
    expect(specOf(stored)).toEqual({ kind: 'on-demand', timezone: 'Asia/Tokyo' });
    expect(scheduleKey(specOf(stored))).toBe('on demand Asia/Tokyo');
    const { scheduleRule: _unknown, ...known } = stored;
    expect(slotsBetween(specOf(known), 0, Date.parse('2198-12-31T23:59:00Z'), 1)).toEqual([]);
  });

  it('on demand that an older version gave a schedule have that schedule', () => {
    const changed = { cronExpression: '0 9 * * *', timezone: 'UTC', scheduleRule: { events: [] } };
    expect(scheduleKey(specOf(changed))).toBe('0 9 * * * UTC');
    expect(scheduleText(changed)).toBe('0 9 * * *');
  });

  it('with events of a newer version are never due here, and not on demand', () => {
    const newer = {
      cronExpression: '0 0 1 1 *',
      runAt: neverRunAt,
      scheduleRule: { events: ['login', 'usb-inserted'] },
    };
    expect(specOf({ ...newer, timezone: 'UTC' })).toMatchObject({ kind: 'once' });
    expect(isOnDemand(newer)).toBe(false);
  });

  it('with a damaged instant or zone are refused', () => {
    expect(() => specOf({ cronExpression: '* * * * *', timezone: 'UTC', runAt: 'soon' })).toThrow(/runAt "soon"/);
    expect(() => specOf({ cronExpression: '* * * * *', timezone: 'Mars/Base' })).toThrow(/not an IANA time zone/);
  });
});
