import { expect, it } from 'vitest';
import { cronSpec } from '../../domain/timing/cron-spec.ts';
import { scheduleKey } from '../../domain/timing/schedule-key.ts';
import { withEarlyFires } from './early-fires.ts';

const earlier = (cron: string, hours = 1) => scheduleKey(withEarlyFires(cronSpec(cron, 'UTC'), hours));

it.each([
  ['0 9 * * *', '0 8,9 * * *'],
  ['30 8,17 * * 1-5', '30 7,8,16,17 * * 1-5'],
  ['15 0 * * *', '15 0,23 * * *'],
  ['0 0 * * 1', '0 0 * * 1; 0 23 * * 0'],
  ['0 0 1 * *', '0 0 1 * *; 0 23 L * *'],
  ['0 0 15 6 *', '0 0 15 6 *; 0 23 14 * *'],
  ['0 0 L * *', '0 0 L * *; 0 23 27-30 * *'],
  ['0 0 * * 5L', '0 0 * * 5L; 0 23 * * 4'],
  ['0 9 * * 1 every 2 weeks from 2026-11-23', '0 8,9 * * 1 every 2 weeks + 1'],
])('an entry of "%s" fires an hour earlier, too: "%s"', (cron, key) => {
  expect(earlier(cron)).toBe(`${key} UTC`);
});

it('fires in each week before a midnight of every other week, because the day before may be in another one', () => {
  expect(earlier('0 0 * * 1 every 2 weeks from 2026-11-23')).toBe('0 0 * * 1; 0 23 * * 0 UTC');
});

it.each([
  ['it fires so often anyway', '*/10 * * * *'],
  ['every hour would follow another rule of clock changes', '0 1-23 * * *'],
  ['an interval has no such form', '@every 90m'],
])('is as without if %s', (_why, cron) => {
  expect(earlier(cron)).toBe(scheduleKey(cronSpec(cron, 'UTC')));
});

it('is as without for an instant', () => {
  const once = { kind: 'once', atMs: 0, timezone: 'UTC' } as const;
  expect(withEarlyFires(once, 1)).toBe(once);
});
