import { describe, expect, it } from 'vitest';
import { understandSchedule } from './understand-schedule.ts';

/** A Wednesday. */
const context = { nowMs: Date.parse('2026-11-25T10:00:00Z'), machineTimezone: 'Europe/London' };

describe('a phrase in another spelling', () => {
  it.each([
    ['everyday at 9', '0 9 * * *'],
    ['every day but sunday at 9', '0 9 * * 1-6'],
    ['mon wed fri 9am', '0 9 * * 1,3,5'],
    ['every monday wednesday at 9', '0 9 * * 1,3'],
    ['MWF at 9', '0 9 * * 1,3,5'],
    ['TTh at 3pm', '0 15 * * 2,4'],
    ['M-F at 9', '0 9 * * 1-5'],
    ['Mo-Fr at 9', '0 9 * * 1-5'],
    ['every Mon. and Wed. at 9', '0 9 * * 1,3'],
    ['at the weekend at 9', '0 9 * * 0,6'],
    ['daily at 17:30:00', '30 17 * * *'],
    ['every day at 14h30', '30 14 * * *'],
    ['every day at 21h', '0 21 * * *'],
    ['every day at 9:00h', '0 9 * * *'],
    ['every day at 14:30 Uhr', '30 14 * * *'],
    ['every day at 6 o clock', '0 6 * * *'],
    ['every day at 10 past 9', '10 9 * * *'],
    ['ten past eight every day', '10 8 * * *'],
    ['every day at 20 minutes past 8pm', '20 20 * * *'],
    ['every day at 5 to 9', '55 8 * * *'],
    ['every day at 5 to midnight', '55 23 * * *'],
    ['every day except the 1st at 9', '0 9 2-31 * *'],
    ['every day at 9 except the 1st and the 15th of the month', '0 9 2-14,16-31 * *'],
    ['the first 5 days of the month at 9', '0 9 1-5 * *'],
    ['yearly on 25/12 at 9', '0 9 25 12 *'],
    ['odd days at 9', '0 9 1-31/2 * *'],
    ['on even days of the month at 9', '0 9 2-30/2 * *'],
    ['every day at 9am local time', '0 9 * * *'],
  ])('%s: %s', (phrase, cron) => {
    expect(understandSchedule(phrase, context).answer.cron).toBe(cron);
  });

  it.each([
    ['every day at 9am UK time', 'Europe/London'],
    ['every day at 9am in England', 'Europe/London'],
    ['every day at 9am in Spain', 'Europe/Madrid'],
    ['every day at 9am in Pune', 'Asia/Kolkata'],
    ['every day at 9am Eastern time', 'America/New_York'],
    ['every day at 9am Pacific time', 'America/Los_Angeles'],
    ['every day at 9am UTC+2', 'Etc/GMT-2'],
    ['every day at 9am UTC-5', 'Etc/GMT+5'],
    ['every day at 09:00Z', 'UTC'],
  ])('%s is in %s', (phrase, zone) => {
    expect(understandSchedule(phrase, context).answer).toMatchObject({ cron: '0 9 * * *', timezone: zone });
  });

  it.each([
    ['after 5 minutes', '2026-11-25T10:05:00.000Z'],
    ['5 minutes later', '2026-11-25T10:05:00.000Z'],
    ['2026-12-03 9am', '2026-12-03T09:00:00.000Z'],
    ['2026-12-03 9:30 pm', '2026-12-03T21:30:00.000Z'],
    ['28.11.2026 at 14:00', '2026-11-28T14:00:00.000Z'],
    ['3.1.2027 at 14:00', '2027-01-03T14:00:00.000Z'],
    ['28/11/2026 at 14:00', '2026-11-28T14:00:00.000Z'],
    ['11/28/2026 at 14:00', '2026-11-28T14:00:00.000Z'],
    ['28-11-2026 09:00', '2026-11-28T09:00:00.000Z'],
    ['12/12/2026 at 9:00', '2026-12-12T09:00:00.000Z'],
  ])('%s is at %s', (phrase, at) => {
    expect(understandSchedule(phrase, context).answer.runAt).toBe(at);
  });

  it.each([
    ['every hour from 9 to 17', '0 9-17 * * *'],
    ['15 past every hour', '15 * * * *'],
    ['every 2h', '0 */2 * * *'],
  ])('%s still means %s', (phrase, cron) => {
    expect(understandSchedule(phrase, context).answer.cron).toBe(cron);
  });
});
