import { rruleProblem } from './rrule-problem.ts';

export const WEEKDAY_CODES = ['SU', 'MO', 'TU', 'WE', 'TH', 'FR', 'SA'] as const;

/** `MO`, `2TU`, `-1FR`: a weekday, and which one of the month; 0 is each. */
export interface RuleWeekday {
  readonly weekday: number;
  readonly nth: number;
}

/** A rule in its parts (RFC 5545, section 3.3.10). Null: not given. */
export interface RuleParts {
  readonly frequency: 'MINUTELY' | 'HOURLY' | 'DAILY' | 'WEEKLY' | 'MONTHLY' | 'YEARLY';
  readonly interval: number;
  readonly count: number | null;
  readonly until: string | null;
  readonly months: readonly number[] | null;
  readonly monthDays: readonly number[] | null;
  readonly weekdays: readonly RuleWeekday[] | null;
  readonly hours: readonly number[] | null;
  readonly minutes: readonly number[] | null;
  readonly setPositions: readonly number[] | null;
  /** The weekday on which a week begins, 0 is Sunday. */
  readonly weekStart: number;
}

const FREQUENCIES = ['MINUTELY', 'HOURLY', 'DAILY', 'WEEKLY', 'MONTHLY', 'YEARLY'] as const;
const KNOWN = new Set(
  'FREQ INTERVAL COUNT UNTIL BYMONTH BYMONTHDAY BYDAY BYHOUR BYMINUTE BYSECOND BYSETPOS WKST'.split(' '),
);

function numbers(rule: ReadonlyMap<string, string>, name: string, least: number, most: number): number[] | null {
  const text = rule.get(name);
  if (text === undefined) return null;
  const values = text.split(',').map((item) => (/^[+-]?\d{1,3}$/.test(item) ? Number(item) : Number.NaN));
  const mayBeNegative = name === 'BYMONTHDAY' || name === 'BYSETPOS';
  const isAllowed = (value: number): boolean => {
    const size = mayBeNegative ? Math.abs(value) : value;
    return size >= least && size <= most;
  };
  if (values.every(isAllowed)) return [...new Set(values)].sort((a, b) => a - b);
  throw rruleProblem(`${name}=${text}`, `must be a list of numbers from ${least} to ${most}.`);
}

function weekdaysOf(rule: ReadonlyMap<string, string>): RuleWeekday[] | null {
  const text = rule.get('BYDAY');
  return (
    text?.split(',').map((item) => {
      const [, nth = '0', code = ''] = /^([+-]?\d{1,2})?(SU|MO|TU|WE|TH|FR|SA)$/.exec(item) ?? [];
      if (code === '') throw rruleProblem(`BYDAY=${text}`, 'must be a list of weekdays, such as MO,2TU,-1FR.');
      return { weekday: WEEKDAY_CODES.indexOf(code as (typeof WEEKDAY_CODES)[number]), nth: Number(nth) };
    }) ?? null
  );
}

function whole(rule: ReadonlyMap<string, string>, name: string): number | null {
  const text = rule.get(name);
  if (text === undefined) return null;
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  if (/^[1-9]\d*$/.test(text)) throw rruleProblem(`${name}=${text.slice(0, 20)}`, 'is too large: the most is 999999.');
  throw rruleProblem(`${name}=${text}`, 'must be a whole number from 1.');
}

/** @throws SchedulerError `schedule/rrule-not-supported` for parts that no schedule can have. */
export function ruleParts(rule: ReadonlyMap<string, string>): RuleParts {
  const unknown = [...rule.keys()].find((name) => !KNOWN.has(name));
  if (unknown !== undefined)
    throw rruleProblem(unknown, 'cannot be part of a schedule. Name the days with BYMONTH, BYMONTHDAY and BYDAY.');
  const named = rule.get('FREQ') ?? '';
  const frequency = FREQUENCIES.find((each) => each === named);
  if (frequency === undefined)
    throw rruleProblem(
      `FREQ=${named}`,
      `is not supported: schedules run on full minutes. Use ${FREQUENCIES.join(', ')}.`,
    );
  const seconds = rule.get('BYSECOND');
  if (seconds !== undefined && !/^0{1,2}$/.test(seconds))
    throw rruleProblem(`BYSECOND=${seconds}`, 'is not supported: schedules run on full minutes.');
  const weekStart = rule.get('WKST') ?? 'MO';
  if (!WEEKDAY_CODES.some((code) => code === weekStart))
    throw rruleProblem(`WKST=${weekStart}`, 'must be a weekday, such as MO.');
  if (rule.has('COUNT') && rule.has('UNTIL')) throw rruleProblem('COUNT', 'and UNTIL exclude each other. Keep one.');
  return {
    frequency,
    interval: whole(rule, 'INTERVAL') ?? 1,
    count: whole(rule, 'COUNT'),
    until: rule.get('UNTIL') ?? null,
    months: numbers(rule, 'BYMONTH', 1, 12),
    monthDays: numbers(rule, 'BYMONTHDAY', 1, 31),
    weekdays: weekdaysOf(rule),
    hours: numbers(rule, 'BYHOUR', 0, 23),
    minutes: numbers(rule, 'BYMINUTE', 0, 59),
    setPositions: numbers(rule, 'BYSETPOS', 1, 366),
    weekStart: WEEKDAY_CODES.findIndex((code) => code === weekStart),
  };
}
