import { expect, test } from 'vitest';
import { understandSchedule } from '../../../../main/domain/phrase/understand-schedule.ts';
import { cleanupCron } from './cleanup-cron.ts';

const machineTimezone = 'Europe/London';
const cronOf = (phrase: string) =>
  cleanupCron(
    understandSchedule(phrase, { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone }).answer,
    machineTimezone,
  );

test.each([
  ['every day at midnight', '0 0 * * *'],
  ['every sunday at 3:00 in London', '0 3 * * 0'],
])('%s is saved as %s', (phrase, cron) => expect(cronOf(phrase)).toBe(cron));

test.each([
  'every day at midnight in Tokyo',
  'every day at 3:00 from 1 December',
  'every day at 3:00 until 24 December',
  'every 7 hours',
  'every day at 6:30 and 15:00',
  'tomorrow at 9:00',
])('%s is refused, because a cron expression says less', (phrase) => expect(cronOf(phrase)).toBeNull());
