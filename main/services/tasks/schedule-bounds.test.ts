import { describe, expect, it } from 'vitest';
import { assertChangedDates, assertDates, withBounds } from './schedule-bounds.ts';

const start = '2026-12-01T00:00:00.000Z';
const end = '2026-12-24T23:59:00.000Z';

describe('the dates that a schedule says', () => {
  it('become fields of the task', () => {
    const draft: { name: string; startDate?: string; endDate?: string } = { name: 'Backup' };
    expect(withBounds(draft, { startDate: start, endDate: end })).toEqual({
      name: 'Backup',
      startDate: start,
      endDate: end,
    });
  });

  it('leave the fields of the task as they are if the schedule says none', () => {
    expect(withBounds({ endDate: end }, {})).toEqual({ endDate: end });
    expect(withBounds({ endDate: null }, {})).toEqual({ endDate: null });
  });

  it('are refused if a field says another date', () => {
    expect(() => withBounds({ startDate: end }, { startDate: start })).toThrow(
      'startDate is 2026-12-24T23:59:00.000Z, but the schedule says 2026-12-01T00:00:00.000Z',
    );
  });
});

describe('dates with which a task would never run', () => {
  const nowMs = Date.parse('2026-12-10T00:00:00.000Z');

  it.each([
    [{ startDate: end, endDate: '2026-12-20T00:00:00.000Z' }, 'endDate is 2026-12-20T00:00:00.000Z, before startDate'],
    [{ endDate: start }, 'endDate is 2026-12-01T00:00:00.000Z, which has passed (it is 2026-12-10T00:00:00.000Z)'],
    [{ startDate: '9999-06-01T00:00:00.000Z' }, 'startDate is 9999-06-01T00:00:00.000Z. Choose a day before'],
  ])('%j are refused', (dates, reason) => {
    expect(() => assertDates(dates, nowMs)).toThrow(reason);
  });

  it('are kept by a change of something else', () => {
    expect(() => assertChangedDates({ endDate: start }, {}, nowMs)).not.toThrow();
    expect(() => assertChangedDates({ endDate: start }, { schedule: '@daily' }, nowMs)).toThrow('has passed');
    expect(() => assertChangedDates({ endDate: start }, { schedule: '@daily', endDate: null }, nowMs)).not.toThrow();
  });
});
