import { expect, it } from 'vitest';
import { cronSpec } from '../timing/cron-spec.ts';
import { understandSchedule } from '../phrase/understand-schedule.ts';
import { sentence } from './sentence.ts';

const context = { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'UTC' };

/** A person changes a schedule in the words that the app shows, so those words must mean the same when they are typed. */
it.each([
  '* * * * *',
  '*/5 * * * *',
  '0 * * * *',
  '30 * * * *',
  '0,45 * * * *',
  '0 */2 * * *',
  '15 */6 * * *',
  '0 */12 * * *',
  '0 9 * * *',
  '30 18 * * *',
  '0 0 * * *',
  '0 12 * * *',
  '5 0 * * *',
  '0 9,17 * * *',
  '*/30 9 * * *',
  '0 */5 * * *',
  '0 9 * * 1-5',
  '0 9 * * 0,6',
  '0 12 * * 1',
  '0 9 * * 1,3,5',
  '0 9 * * 1-4',
  '0 9 * * 0,5,6',
  '0 9-17 * * *',
  '*/15 9-16 * * 1-5',
  '*/15 9-16 * * 0,6',
  '*/10 0-5,22,23 * * *',
  '0 9,11,13,15,17 * * *',
  '*/10 * * * 1,5',
  '*/10 * * * 3',
  '*/5 * * 1 *',
  '0 9 * 6-8 *',
  '0 9 * 6-8 1-5',
  '0 0 1 * *',
  '0 9 1,15 * *',
  '0 9 1-7 * *',
  '0 17 L * *',
  '0 9 * * 1#1',
  '30 16 * * 5L',
  '0 9 1 */3 *',
  '0 9 25 12 *',
  '0 12 * 12 5L',
])('the sentence of %s is read as the same schedule', (cron) => {
  const spec = cronSpec(cron, 'UTC');
  const canonical = spec.kind === 'cron' ? spec.cron.canonical : '';
  for (const clock of ['24h', '12h'] as const) {
    const words = sentence(spec, clock);
    expect(understandSchedule(words, context).answer.cron, words).toBe(canonical);
  }
});
