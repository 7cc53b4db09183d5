import { SchedulerError } from '../errors.ts';
import { MONTH_NAMES, WEEKDAY_NAMES } from './calendar-names.ts';

/** The names of the five fields, as errors use them. `expression` stands for the whole expression. */
type FieldName = 'minute' | 'hour' | 'day-of-month' | 'month' | 'day-of-week';

export interface FieldRule {
  readonly name: FieldName;
  readonly min: number;
  readonly max: number;
  /** Three-letter names; the first one stands for `nameBase`. */
  readonly names: readonly string[];
  readonly fullNames: readonly string[];
  readonly nameBase: number;
  /** A correct value, used in messages. */
  readonly example: string;
}

const lower = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());
const months = lower(MONTH_NAMES);
const weekdays = lower(WEEKDAY_NAMES);
const short = (names: readonly string[]): string[] => names.map((name) => name.slice(0, 3));
const plain = { names: [], fullNames: [], nameBase: 0 };

export const MINUTE: FieldRule = { name: 'minute', min: 0, max: 59, ...plain, example: '*/15' };
export const HOUR: FieldRule = { name: 'hour', min: 0, max: 23, ...plain, example: '9-17' };
export const MONTH_DAY: FieldRule = { name: 'day-of-month', min: 1, max: 31, ...plain, example: '1,15' };
export const MONTH: FieldRule = {
  name: 'month',
  min: 1,
  max: 12,
  names: short(months),
  fullNames: months,
  nameBase: 1,
  example: 'jan,jul',
};
/** 7 is Sunday too (`man 5 crontab`). */
export const WEEKDAY: FieldRule = {
  name: 'day-of-week',
  min: 0,
  max: 7,
  names: short(weekdays),
  fullNames: weekdays,
  nameBase: 0,
  example: 'mon-fri',
};

/** Returns the error for one field: what is wrong with it, and an example of a correct value. */
export function fieldError(rule: FieldRule, value: string, problem: string): SchedulerError {
  return new SchedulerError(
    'schedule/invalid-cron',
    `The ${rule.name} field "${value}" ${problem}. It takes ${String(rule.min)} to ${String(rule.max)}, for example ${rule.example}.`,
    { field: rule.name, value },
  );
}
