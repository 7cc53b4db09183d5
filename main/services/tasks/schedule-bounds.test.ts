import { describe, expect, it } from 'vitest';
import { withBounds } from './schedule-bounds.ts';

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
