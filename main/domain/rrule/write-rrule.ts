import type { CronExpression, CronSets, DayRule } from '../cron/cron-sets.ts';
import { minuteMs } from '../durations.ts';
import type { Phase } from '../timing/phase.ts';
import type { ScheduleSpec } from '../timing/schedule-spec.ts';
import { nextSlots } from '../timing/slots.ts';
import { offsetAt } from '../timing/wall-clock.ts';
import { WEEKDAY_CODES } from './rule-parts.ts';

const stamp = (ms: number): string => new Date(ms).toISOString().slice(0, 19).replaceAll(/[-:]/g, '');

const codes = (weekdays: readonly number[]): string =>
  [...weekdays]
    .sort((a, b) => ((a + 6) % 7) - ((b + 6) % 7))
    .map((weekday) => WEEKDAY_CODES[weekday] ?? '')
    .join();

const WORKDAYS = [1, 2, 3, 4, 5];

type Parts = readonly (readonly [name: string, value: string | number])[];

/** The smallest frequency in which a rule says its days. */
interface RuleOfDays {
  readonly frequency: 'DAILY' | 'WEEKLY' | 'MONTHLY';
  readonly parts: Parts;
  /** BYSETPOS counts times, not days: only one time of day keeps its meaning. */
  readonly countsTimes?: boolean;
}

/** Returns days that five cron fields cannot say, or null if one rule cannot say them either. */
function exactParts({ exact }: DayRule): RuleOfDays | null {
  if (exact === undefined) return null;
  const { monthDays, fromEnd, weekdays, nthWeekdays, both } = exact;
  const nearest = exact.nearest.filter((day) => day !== 1);
  const workdays = [...(exact.nearest.includes(1) ? [1] : []), ...exact.workdays];
  const dates = [...monthDays, ...fromEnd.map((before) => -before - 1)];
  if (nearest.length > 0) return null;
  if (workdays.length > 0) {
    if (dates.length + weekdays.length + nthWeekdays.length > 0) return null;
    const parts: Parts = [
      ['BYDAY', codes(WORKDAYS)],
      ['BYSETPOS', workdays.join()],
    ];
    return { frequency: 'MONTHLY', parts, countsTimes: true };
  }
  if (nthWeekdays.length > 0 || both !== weekdays.length > 0) return null;
  return {
    frequency: 'MONTHLY',
    parts: [['BYMONTHDAY', dates.join()], ...(both ? [['BYDAY', codes(weekdays)] as const] : [])],
  };
}

function daysOf(days: DayRule): RuleOfDays | null {
  if (days.exact !== undefined) return exactParts(days);
  const { monthDays, lastDayOfMonth, weekdays, nthWeekdays } = days;
  if (monthDays === null && weekdays === null) return { frequency: 'DAILY', parts: [] };
  // Cron joins the two by OR, a rule joins them by AND.
  if (monthDays !== null && weekdays !== null) return null;
  if (monthDays !== null)
    return { frequency: 'MONTHLY', parts: [['BYMONTHDAY', [...monthDays, ...(lastDayOfMonth ? [-1] : [])].join()]] };
  if (nthWeekdays.length === 0) return { frequency: 'WEEKLY', parts: [['BYDAY', codes(weekdays ?? [])]] };
  const nths = nthWeekdays.map(({ weekday, nth }) => `${nth}${WEEKDAY_CODES[weekday] ?? ''}`);
  return {
    frequency: 'MONTHLY',
    parts: [['BYDAY', [codes(weekdays ?? []), ...nths].filter((part) => part !== '').join()]],
  };
}

/** Returns the frequency and the interval of every nth period, or null if the days repeat in longer periods. */
function phased({ frequency, parts }: RuleOfDays, { count, unit }: Phase): Parts | null {
  const interval = ['INTERVAL', count] as const;
  if (unit === 'month') {
    if (frequency === 'MONTHLY') return [['FREQ', 'MONTHLY'], interval, ...parts];
    return [
      ['FREQ', 'MONTHLY'],
      interval,
      ...(frequency === 'WEEKLY' ? parts : [['BYDAY', codes([0, ...WORKDAYS, 6])] as const]),
    ];
  }
  if (unit === 'week') {
    if (frequency === 'MONTHLY') return null;
    const days = frequency === 'WEEKLY' ? parts : [['BYDAY', codes([0, ...WORKDAYS, 6])] as const];
    return [['FREQ', 'WEEKLY'], interval, ...days, ['WKST', 'MO']];
  }
  const isByNumber = parts.some(([name, value]) => name === 'BYDAY' && /\d/.test(String(value)));
  return isByNumber || parts.some(([name]) => name === 'BYSETPOS') ? null : [['FREQ', 'DAILY'], interval, ...parts];
}

function timesOf({ hours, minutes, followsRealTime }: CronSets): Parts {
  if (followsRealTime) return [['BYMINUTE', minutes.join()]];
  return [
    ['BYHOUR', hours.join()],
    ['BYMINUTE', minutes.join()],
  ];
}

/** Returns the rule of one line. Rules of every hour follow real time, as the schedule does. */
function lineParts({ sets }: CronExpression, phase: Phase | null): Parts | null {
  const days = daysOf(sets.days);
  if (days === null || (days.countsTimes === true && sets.hours.length * sets.minutes.length > 1)) return null;
  // RFC 5545 runs a repeated time once, but an interval within hours runs through the repeated hour twice.
  if (sets.repeatsWithinHours && !sets.followsRealTime) return null;
  const months: Parts = sets.months.length === 12 ? [] : [['BYMONTH', sets.months.join()]];
  if (sets.followsRealTime) {
    if (phase !== null || days.countsTimes === true || /\d[A-Z]/.test(String(days.parts[0]?.[1]))) return null;
    return [['FREQ', 'HOURLY'], ...days.parts, ...months, ...timesOf(sets)];
  }
  const base = phase === null ? ([['FREQ', days.frequency], ...days.parts] as Parts) : phased(days, phase);
  return base && [...base, ...months, ...timesOf(sets)];
}

function partsOf(spec: Exclude<ScheduleSpec, { kind: 'once' | 'event' | 'on-demand' }>): Parts | null {
  if (spec.kind === 'interval')
    return [
      ['FREQ', 'MINUTELY'],
      ['INTERVAL', spec.minutes],
    ];
  const lines = spec.kind === 'cron' ? [spec.cron] : spec.lines;
  const [line] = lines;
  return line === undefined || lines.length > 1 ? null : lineParts(line, spec.kind === 'cron' ? null : spec.phase);
}

/**
 * Returns a schedule as `DTSTART` and `RRULE` of RFC 5545, on two lines, with the first run after `nowMs` or the start as
 * DTSTART; null if one rule cannot say it.
 */
export function writeRrule(
  spec: ScheduleSpec,
  nowMs: number,
  { startMs, endMs }: { readonly startMs: number | null; readonly endMs: number | null },
): string | null {
  if (spec.kind === 'once' || spec.kind === 'event' || spec.kind === 'on-demand') return null;
  const [first] = nextSlots(spec, Math.max(nowMs, (startMs ?? 0) - 1), 1);
  if (first === undefined || (endMs !== null && first > endMs)) return null;
  const isUtc = spec.timezone === 'UTC' || spec.kind === 'interval';
  const start = isUtc
    ? `DTSTART:${stamp(first)}Z`
    : `DTSTART;TZID=${spec.timezone}:${stamp(first + offsetAt(spec.timezone, first))}`;
  const parts = partsOf(spec);
  if (parts === null) return null;
  const until: Parts = endMs === null ? [] : [['UNTIL', `${stamp(Math.floor(endMs / minuteMs) * minuteMs)}Z`]];
  return `${start}\nRRULE:${[...parts, ...until].map(([name, value]) => `${name}=${value}`).join(';')}`;
}
