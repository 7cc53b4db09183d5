import { describe, expect, it } from 'vitest';
import { scheduleText } from '../../contract/schedule-rule.ts';
import { SchedulerError } from '../errors.ts';
import { understandSchedule } from '../phrase/understand-schedule.ts';
import { canonicalTimeZone } from '../timing/time-zone.ts';
import { WINDOWS_ZONES } from '../timing/windows-zones.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import { storedSchedule } from '../timing/spec-of.ts';
import type { Understood } from '../phrase/understand-schedule.ts';

const read = (text: string): Understood =>
  understandSchedule(text, { nowMs: Date.parse('2026-11-23T10:00:00Z'), machineTimezone: 'Europe/Berlin' });
const exactOf = (text: string): string => scheduleText(storedSchedule(read(text).spec));

function refusalOf(text: string): SchedulerError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof SchedulerError) return error;
    throw error;
  }
  throw new Error(`"${text}" was understood`);
}

const START = 'DTSTART;TZID=Europe/Berlin:20261204T090000';

describe('a recurrence rule', () => {
  it.each([
    ['RRULE:FREQ=DAILY', '0 9 * * *'],
    ['RRULE:FREQ=DAILY;INTERVAL=3', '0 9 * * * every 3 days from 2026-12-04'],
    ['RRULE:FREQ=DAILY;BYHOUR=9,17;BYMINUTE=30', '30 9,17 * * *'],
    ['RRULE:FREQ=DAILY;BYDAY=MO,TU,WE,TH,FR', '0 9 * * 1-5'],
    ['RRULE:FREQ=WEEKLY', '0 9 * * 5'],
    ['RRULE:FREQ=WEEKLY;BYDAY=MO,WE', '0 9 * * 1,3'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR', '0 9 * * 5 every 2 weeks from 2026-12-04'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU;WKST=SU', '0 9 * * 0 every 2 weeks from 2026-11-29'],
    ['RRULE:FREQ=MONTHLY', '0 9 4 * *'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=1,15,-1', '0 9 1,15,L * *'],
    ['RRULE:FREQ=MONTHLY;BYMONTHDAY=-3', '0 9 L-2 * *'],
    ['RRULE:FREQ=MONTHLY;BYDAY=2TU,-1FR', '0 9 * * 2#2,5L'],
    ['RRULE:FREQ=MONTHLY;BYDAY=-2FR;BYMONTH=2,4', '0 9 L-7,L-8,L-9,L-10,L-11,L-12,L-13 2,4 +5'],
    ['RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13', '0 9 13 * +5'],
    ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1', '0 9 LW * *'],
    ['RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=3', '0 9 3WD * *'],
    ['RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=2', '0 9 * * 2#2'],
    ['RRULE:FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=1', '0 9 1 * * every 5 months from 2026-12-04'],
    ['RRULE:FREQ=YEARLY', '0 9 4 12 *'],
    ['RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=4TH', '0 9 * 11 4#4'],
    ['RRULE:FREQ=YEARLY;BYDAY=1MO', '0 9 * 1 1#1'],
    ['RRULE:FREQ=HOURLY', '0 * * * *'],
    ['RRULE:FREQ=HOURLY;INTERVAL=5', '@every 300m from 2026-12-04T08:00:00.000Z'],
    ['RRULE:FREQ=MINUTELY;INTERVAL=15', '*/15 * * * *'],
    ['RRULE:FREQ=MINUTELY;INTERVAL=90', '@every 90m from 2026-12-04T08:00:00.000Z'],
    ['RRULE:FREQ=MINUTELY;INTERVAL=30;BYHOUR=9,10;BYDAY=MO', '*/30 9,10 * * 1'],
  ])('%s from Friday 4 December 2026 is %s', (rule, exact) => {
    expect(exactOf(`${START}\n${rule}`)).toBe(exact);
  });

  it('starts at DTSTART and ends with UNTIL or COUNT', () => {
    const { answer } = read(`${START}\nRRULE:FREQ=WEEKLY;COUNT=3`);
    expect(answer).toMatchObject({
      timezone: 'Europe/Berlin',
      startDate: '2026-12-04T08:00:00.000Z',
      endDate: '2026-12-18T08:00:00.000Z',
      nextRuns: ['2026-12-04T08:00:00.000Z', '2026-12-11T08:00:00.000Z', '2026-12-18T08:00:00.000Z'],
    });
    expect(read(`${START}\nRRULE:FREQ=WEEKLY;UNTIL=20261212`).answer.endDate).toBe('2026-12-12T22:59:00.000Z');
    expect(read('DTSTART:20261204T090000Z\nRRULE:FREQ=DAILY').answer.timezone).toBe('UTC');
  });

  it('is also read as parts alone, in one line, glued by a field, and from an event', () => {
    expect(exactOf('FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0')).toBe('0 9 * * 1');
    expect(exactOf(`${START} RRULE:FREQ=DAILY`)).toBe('0 9 * * *');
    expect(exactOf(`${START}RRULE:FREQ=DAILY`)).toBe('0 9 * * *');
    const event = ['BEGIN:VCALENDAR', 'BEGIN:VTIMEZONE', 'RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU', 'END:VTIMEZONE'];
    const lines = ['BEGIN:VEVENT', 'SUMMARY:Report', START, 'RRULE:FREQ=WEEKLY;BYDAY=M', ' O,FR', 'END:VEVENT'];
    expect(exactOf([...event, ...lines, 'END:VCALENDAR'].join('\r\n'))).toBe('0 9 * * 1,5');
    expect(exactOf(`BEGIN:VEVENT\n${START}\nEND:VEVENT`)).toBe('2026-12-04T08:00:00.000Z');
  });

  it('leaves out first and last runs by EXDATE, and other dates only where nothing runs', () => {
    const rule = `${START}\nRRULE:FREQ=WEEKLY;COUNT=3`;
    const { startDate, endDate } = read(
      `${rule}\nEXDATE;TZID=Europe/Berlin:20261204T090000,20261218T090000\nEXDATE;TZID=Europe/Berlin:20261205T090000`,
    ).answer;
    expect([startDate, endDate]).toEqual(['2026-12-04T08:01:00.000Z', '2026-12-18T07:59:00.000Z']);
    expect(refusalOf(`${rule}\nEXDATE;TZID=Europe/Berlin:20261211T090000`).message).toContain(
      'EXDATE leaves out 2026-12-11',
    );
  });

  it('warns of a DTSTART that is not a date of the rule', () => {
    expect(read(`${START}\nRRULE:FREQ=WEEKLY;BYDAY=MO`).answer.warnings.join()).toContain('nothing runs then');
  });

  it.each([
    ['RRULE:FREQ=SECONDLY', 'FREQ=SECONDLY'],
    ['RRULE:FREQ=YEARLY;BYWEEKNO=20', 'BYWEEKNO'],
    ['RRULE:FREQ=YEARLY;BYYEARDAY=100', 'BYYEARDAY'],
    ['RRULE:FREQ=YEARLY;BYDAY=20MO', 'BYDAY'],
    ['RRULE:FREQ=MONTHLY;BYDAY=SA,SU;BYSETPOS=1', 'BYSETPOS=1'],
    ['RRULE:FREQ=DAILY;BYSECOND=30', 'BYSECOND=30'],
    ['RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU', 'WKST'],
    ['RRULE:FREQ=WEEKLY;BYMONTHDAY=1', 'BYMONTHDAY'],
    ['RRULE:FREQ=DAILY;BYDAY=1MO', 'BYDAY'],
    ['RRULE:FREQ=HOURLY;INTERVAL=5;BYDAY=MO', 'INTERVAL=5'],
    ['RRULE:FREQ=DAILY;COUNT=3;UNTIL=20270101', 'COUNT'],
    ['RRULE:FREQ=DAILY;BYHOUR=24', 'BYHOUR=24'],
    ['RRULE:FREQ=DAILY;FREQ=WEEKLY', 'FREQ=WEEKLY'],
    ['RRULE:FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30', 'RRULE'],
    ['RRULE:FREQ=DAILY\nRDATE:20261224T090000', 'RDATE'],
    ['RRULE:FREQ=DAILY\nRRULE:FREQ=WEEKLY', 'RRULE'],
  ])('refuses %s by the name of %s', (rule, name) => {
    const error = refusalOf(`${START}\n${rule}`);
    expect(error.code).toBe('schedule/rrule-not-supported');
    expect(error.message.startsWith(name), error.message).toBe(true);
  });

  it.each([
    'RRULE:FREQ=DAILY',
    'RRULE:FREQ=DAILY;INTERVAL=2;BYHOUR=9',
    'DTSTART:20261304T090000\nRRULE:FREQ=DAILY',
    'DTSTART;TZID=Mars/Base:20261204T090000',
  ])('refuses %s, whose times nobody knows', (text) => {
    expect(refusalOf(text).code).toBe('schedule/rrule-not-supported');
  });
});

describe('a schedule as a recurrence rule', () => {
  it.each([
    ['every weekday at 9', 'RRULE:FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=9;BYMINUTE=0'],
    ['every other friday at 9', 'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;WKST=MO;BYHOUR=9;BYMINUTE=0'],
    ['every 3 days at 9', 'RRULE:FREQ=DAILY;INTERVAL=3;BYHOUR=9;BYMINUTE=0'],
    ['last working day of the month at 9', 'RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1;BYHOUR=9;BYMINUTE=0'],
    ['every friday the 13th at 9', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=13;BYDAY=FR;BYHOUR=9;BYMINUTE=0'],
    ['last day of the month at 9', 'RRULE:FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=9;BYMINUTE=0'],
    ['every hour', 'RRULE:FREQ=HOURLY;BYMINUTE=0'],
    ['every 90 minutes', 'RRULE:FREQ=MINUTELY;INTERVAL=90'],
    ['every day at 9 until 24 december', 'RRULE:FREQ=DAILY;BYHOUR=9;BYMINUTE=0;UNTIL=20261224T225900Z'],
  ])('"%s" is %s', (phrase, rule) => {
    const { answer, spec } = read(phrase);
    expect(answer.rrule?.split('\n')[1]).toBe(rule);
    expect(scheduleKey(read(answer.rrule ?? '').spec).replace(/UTC$/, 'Europe/Berlin')).toBe(scheduleKey(spec));
  });

  it('has none where one rule cannot say it', () => {
    for (const phrase of ['0 9 13 * 5', '30 6 * * *; 0 15 * * *', '0 9 15W * *', '*/30 1-6 * * *'])
      expect([phrase, read(phrase).answer.rrule]).toEqual([phrase, null]);
  });
});

describe('the edges of a rule', () => {
  const yearly = `${START}\nRRULE:FREQ=YEARLY`;
  it.each([
    [`${yearly};COUNT=9000`, 'COUNT=9000 ends after the year 9998'],
    [`${yearly};INTERVAL=40;COUNT=500`, 'COUNT=500 ends after the year 9998'],
    [`${START}\nRRULE:FREQ=DAILY;COUNT=10000000`, 'COUNT=10000000 is too large: the most is 999999'],
    [`${START}\nRRULE:FREQ=DAILY;COUNT=0`, 'COUNT=0 must be a whole number from 1'],
    ['DTSTART:99991231T090000Z\nRRULE:FREQ=DAILY', 'DTSTART:99991231T090000Z is not in the years 2 to 9998'],
    ['DTSTART:00010101T000000Z\nRRULE:FREQ=DAILY', 'DTSTART:00010101T000000Z is not in the years 2 to 9998'],
    ['DTSTART:00000101T000000Z', 'DTSTART:00000101T000000Z is not in the years 2 to 9998'],
    [`${START}\nRRULE:FREQ=DAILY;UNTIL=20261201T000000Z`, 'before it starts on 2026-12-04T08:00:00.000Z'],
    ['DTSTART:20201204T090000Z\nRRULE:FREQ=DAILY;UNTIL=20210101T000000Z', 'ended on 2021-01-01T00:00:00.000Z'],
  ])('%j is refused: %s', (text, reason) => {
    expect(refusalOf(text).message).toContain(reason);
  });

  it('can end with the last year', () => {
    const text = `${START}\nRRULE:FREQ=DAILY;UNTIL=99991231T235959Z\nEXDATE;TZID=Europe/Berlin:20261204T090000`;
    expect(read(text).answer.nextRuns[0]).toBe('2026-12-05T08:00:00.000Z');
  });
});

describe('a zone of Outlook', () => {
  it.each([
    ['W. Europe Standard Time', 'Europe/Berlin'],
    ['"Tokyo Standard Time"', 'Asia/Tokyo'],
    ['Eastern Standard Time', 'America/New_York'],
  ])('%s is %s', (name, zone) => {
    expect(read(`DTSTART;TZID=${name}:20261204T090000\nRRULE:FREQ=WEEKLY`).answer).toMatchObject({
      timezone: zone,
      cron: '0 9 * * 5',
    });
  });

  it('that does not exist is named, with what to write', () => {
    const { message } = refusalOf('DTSTART;TZID=Mars Standard Time:20261204T090000');
    expect(message).toContain('TZID=Mars Standard Time is not a time zone of IANA');
  });

  it('is known in every row of the table', () => {
    const unknown = Object.values(WINDOWS_ZONES).filter((zone) => canonicalTimeZone(zone) === null);
    expect(unknown).toEqual([]);
  });
});
