import { describe, expect, it } from 'vitest';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from '../phrase/understand-schedule.ts';
import { parseCron } from './parse-cron.ts';

const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'UTC' };

const answerTo = (text: string) => understandSchedule(text, context).answer;

function messageOf(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    if (error instanceof SchedulerError) return error.message;
    throw error;
  }
  throw new Error('it was accepted');
}

describe('an expression of another program', () => {
  it.each([
    // Quartz: https://www.quartz-scheduler.org/documentation/quartz-2.3.0/tutorials/crontrigger.html
    ['0 0 12 * * ?', '0 12 * * *', 'Quartz'],
    ['0 15 10 ? * *', '15 10 * * *', 'Quartz'],
    ['0 15 10 * * ? *', '15 10 * * *', 'Quartz'],
    ['0 0/5 14,18 * * ?', '*/5 14,18 * * *', 'Quartz'],
    ['0 10,44 14 ? 3 WED', '10,44 14 * 3 3', 'Quartz'],
    ['0 15 10 ? * MON-FRI', '15 10 * * 1-5', 'Quartz'],
    ['0 0 12 ? * 2-6', '0 12 * * 1-5', 'Quartz'],
    ['0 15 10 L * ?', '15 10 L * *', 'Quartz'],
    ['0 15 10 ? * 6L', '15 10 * * 5L', 'Quartz'],
    ['0 15 10 ? * 6#3', '15 10 * * 5#3', 'Quartz'],
    ['0 15 10 ? * L', '15 10 * * 6', 'Quartz'],
    ['0 0 12 ? * 1', '0 12 * * 0', 'Quartz'],
    ['0 0 12 ? * 1,7', '0 12 * * 0,6', 'Quartz'],
    ['0 0 12 1/5 * ?', '0 12 1-31/5 * *', 'Quartz'],
    // AWS EventBridge: https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-cron-expressions.html
    ['0 10 * * ? *', '0 10 * * *', 'AWS'],
    ['15 12 * * ? *', '15 12 * * *', 'AWS'],
    ['0 18 ? * MON-FRI *', '0 18 * * 1-5', 'AWS'],
    ['0/10 * ? * MON-FRI *', '*/10 * * * 1-5', 'AWS'],
    ['0 9 ? * 2#1 *', '0 9 * * 1#1', 'AWS'],
    // Spring, NestJS, Azure Functions: a seconds field of 0, weekdays from 0 for Sunday.
    ['0 0 9 * * MON-FRI', '0 9 * * 1-5', 'seconds'],
    ['0 0 9 * * 1-5', '0 9 * * 1-5', 'seconds'],
    ['00 */5 * * * *', '*/5 * * * *', 'seconds'],
  ])('%s is read as %s, and says so', (text, cron, note) => {
    const { cron: read, warnings } = answerTo(text);
    expect(read).toBe(cron);
    expect(warnings[0]).toContain(note);
  });

  it.each([
    ['0 9 1 1 * 2027', 'no year ("2027")', '"0 9 1 1 *"'],
    ['0 0 12 ? * 2-6 2027', 'no year ("2027")', '"0 12 ? * 1-5"'],
    ['0 0 12 1 1 ? 2027-2029', 'no year ("2027-2029")', '"0 12 1 1 ?"'],
    ['30 0 9 * * *', 'begins with seconds ("30")', '"0 9 * * *"'],
    ['*/10 * * * * *', 'begins with seconds ("*/10")', '"* * * * *"'],
    ['0 9 * * * EST', 'not one time zone', '"0 9 * * *"'],
    [
      '0 9 * * * /usr/bin/backup.sh --all',
      '"/usr/bin/backup.sh --all" after the five fields is a command',
      '"0 9 * * *"',
    ],
    ['0 9 * * 1-5 backup', 'is a command', '"0 9 * * 1-5"'],
  ])('%s is refused by name, with the rest of it', (text, reason, rest) => {
    const message = messageOf(() => answerTo(text));
    expect(message).toContain(reason);
    expect(message).toContain(rest);
  });

  it.each(['H/15 * * * *', 'H(0-29) * * * *', '0~59 3 * * *'])('%s is refused with what does the same here', (text) => {
    expect(messageOf(() => answerTo(text))).toContain('set a jitter');
  });

  it('is never taken where five fields are required, but its five fields are said', () => {
    expect(messageOf(() => parseCron('0 0 12 ? * 2-6'))).toContain('Write "0 12 ? * 1-5"');
  });
});

describe('what surrounds an expression', () => {
  it.each([
    "'0 9 * * 1-5'",
    '"0 9 * * 1-5"',
    '`0 9 * * 1-5`',
    'cron: 0 9 * * 1-5',
    "- cron: '0 9 * * 1-5'",
    "schedule: '0 9 * * 1-5'",
    '0 9 * * 1-5 # weekdays',
    '"every weekday at 9"',
    'every weekday at 9 ?',
  ])('is not part of it: %s', (text) => {
    expect(answerTo(text).cron).toBe('0 9 * * 1-5');
  });
});
