import { describe, expect, it } from 'vitest';
import { parseCron } from '../cron/parse-cron.ts';
import { combinedSpec } from '../timing/combined-spec.ts';
import { scheduleKey } from '../timing/schedule-key.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { timingId, timingName } from './timing-id.ts';

const cron = (text: string, timezone = 'UTC'): ScheduleSpec => ({ kind: 'cron', cron: parseCron(text), timezone });
const once = (text: string, timezone = 'UTC'): ScheduleSpec => ({ kind: 'once', atMs: Date.parse(text), timezone });
const idOf = (spec: ScheduleSpec, taken: ReadonlyMap<string, string> = new Map()): string =>
  timingId(spec, { machineTimezone: 'UTC', taken });

describe('timing ids and names', () => {
  it.each([
    ['0 9 * * *', 'daily-9am'],
    ['*/5 * * * *', 'every-5min'],
    ['* * * * *', 'every-min'],
    ['30 14 * * *', 'daily-2-30pm'],
    ['0 0 * * *', 'daily-midnight'],
    ['0 12 * * 1', 'weekly-mon-noon'],
    ['0 0 1 * *', 'monthly-1st-midnight'],
    ['0 9 * * 1-5', 'weekdays-9am'],
    ['0 9 * * 0,6', 'weekends-9am'],
    ['0 */2 * * *', 'every-2hr'],
    ['0 * * * *', 'hourly'],
    ['30 * * * *', 'hourly-at-30'],
    ['*/45 * * * *', 'hourly-at-0-45'],
    ['0 9,17 * * *', 'daily-9am-and-5pm'],
    ['0 9-17 * * *', 'hourly-9am-to-5pm'],
    ['0,30 9 * * *', 'daily-9am-and-9-30am'],
    ['0 9 * * 1,3,5', 'mon-wed-fri-9am'],
    ['0 9 * * 1-4', 'mon-to-thu-9am'],
    ['*/15 9-16 * * 1-5', 'every-15min-9am-to-4-45pm-weekdays'],
    ['0 9 1,15 * *', 'monthly-1st-15th-9am'],
    ['0 9 L * *', 'monthly-last-day-9am'],
    ['0 9 * * 1#1', 'monthly-1st-mon-9am'],
    ['0 9 1 */3 *', 'quarterly-1st-9am'],
    ['0 9 25 12 *', 'yearly-dec-25th-9am'],
    ['0 9 13 * 5', 'monthly-13th-or-fri-9am'],
  ])('%s is %s', (text, id) => {
    expect(idOf(cron(text))).toBe(id);
  });

  it.each([
    [['*/15 9-16 * * 1-5', '0 17 * * 1-5'], 'every-15min-9am-to-5pm-weekdays'],
    [['* 9 * * *', '0 10 * * *'], 'every-min-9am-to-10am'],
    [['*/10 0-5,22,23 * * *', '0 6 * * *'], 'every-10min-10pm-to-6am'],
    [['0 9 * * *', '30 17 * * *'], 'daily-9am-5-30pm'],
  ])('of the lines %s is %s', (lines, id) => {
    expect(idOf(combinedSpec(lines.map(parseCron), null, 'UTC'))).toBe(id);
  });

  it('of one-shots carry the whole date, in the zone', () => {
    expect(idOf(once('2026-12-03T14:15Z'))).toBe('once-2026-12-03-1415');
    expect(idOf(once('2026-12-03T14:15Z', 'Asia/Tokyo'))).toBe('once-2026-12-03-2315-asia-tokyo');
    expect(idOf(once('2027-12-03T14:15Z'))).not.toBe(idOf(once('2026-12-03T14:15Z')));
  });

  it('carry the zone when it is not the machine’s', () => {
    expect(idOf(cron('0 9 * * *', 'America/New_York'))).toBe('daily-9am-america-new-york');
    expect(timingName(cron('0 9 * * *', 'Asia/Tokyo'), 'UTC', '24h')).toBe('Every day at 9:00 (Asia/Tokyo)');
    expect(timingName(cron('0 9 * * *'), 'UTC', '24h')).toBe('Every day at 9:00');
    expect(idOf(cron('0 9 * * *', 'Etc/GMT+5'))).not.toBe(idOf(cron('0 9 * * *', 'Etc/GMT-5')));
  });

  it('differ for everything that the old system merged', () => {
    const merged = [
      ['0 9 * * *', '0 9,17 * * *', '0 9-17 * * *', '0 9-12 * * *', '0,30 9 * * *', '0-15 9 * * *'],
      ['0 9 1 * *', '0 9 1,15 * *'],
      ['*/5 9 * * *', '*/5 9-17 * * *', '* 9 * * *', '* * * * *', '*/10 */2 * * *', '0 9 * * */2'],
      ['0 * * * *', '0 0 * * *', '0 18 19-26 12 *', '3 12 17-27 1 *'],
    ].flat();
    expect(new Set(merged.map((text) => idOf(cron(text)))).size).toBe(merged.length);
  });

  it('stay with their key, and get a hash if another key has them', () => {
    const spec = cron('0 9 * * *');
    expect(idOf(spec, new Map([['my-mornings', scheduleKey(spec)]]))).toBe('my-mornings');
    const hashed = idOf(spec, new Map([['daily-9am', 'something else']]));
    expect(hashed).toMatch(/^daily-9am-[a-z0-9]{5}$/);
    expect(
      idOf(
        spec,
        new Map([
          ['daily-9am', 'x'],
          [hashed, 'y'],
        ]),
      ),
    ).not.toBe(hashed);
  });

  it('are a hash if a few words cannot describe the schedule', () => {
    expect(idOf(cron('*/7 * * * *'))).toMatch(/^custom-[a-z0-9]{5}$/);
  });
});
