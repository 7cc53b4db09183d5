import type { CronExpression, DayRule, NthWeekday } from '../../../domain/cron/cron-sets.ts';
import { exactRule } from '../../../domain/cron/exact-days.ts';
import { cronOf } from '../../../domain/cron/parse-cron.ts';

/** Times of another scheduler: every minute of `minutes` in every hour of `hours`, on these days of these months. */
export interface Rule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly months: readonly number[];
  readonly days: DayRule;
}

/** Returns `first`, …, `last`. */
export const span = (first: number, last: number): number[] =>
  Array.from({ length: last - first + 1 }, (_, index) => first + index);

export const everyMinute = span(0, 59);
export const everyHour = span(0, 23);
export const everyMonth = span(1, 12);
export const everyDay: DayRule = { monthDays: null, lastDayOfMonth: false, weekdays: null, nthWeekdays: [] };

export const onMonthDays = (monthDays: readonly number[], lastDayOfMonth = false): DayRule => ({
  ...everyDay,
  monthDays: sorted(monthDays),
  lastDayOfMonth,
});
export const onWeekdays = (weekdays: readonly number[]): DayRule => ({ ...everyDay, weekdays: sorted(weekdays) });
export const onNthWeekdays = (nthWeekdays: readonly NthWeekday[]): DayRule => ({
  ...everyDay,
  weekdays: [],
  nthWeekdays,
});

const weeks = [span(1, 7), span(8, 14), span(15, 21), span(22, 28), span(29, 31)];

/** Returns the days that are one of these days of the month and one of these weekdays. Cron alone joins the two by OR. */
export function bothDays(monthDays: readonly number[], weekdays: readonly number[]): DayRule {
  if (monthDays.length === 31) return onWeekdays(weekdays);
  if (weekdays.length === 7) return onMonthDays(monthDays);
  const days = new Set(monthDays);
  const chosen = weeks.flatMap((week, index) => (week.every((day) => days.has(day)) ? [index + 1] : []));
  const covered = chosen.reduce((sum, nth) => sum + (weeks[nth - 1]?.length ?? 0), 0);
  if (covered !== days.size) return exactRule({ monthDays, weekdays, both: true });
  return onNthWeekdays(weekdays.flatMap((weekday) => chosen.map((nth) => ({ weekday, nth }))));
}

/**
 * Returns the rules as few expressions, no two of which fire at the same minute, because the other scheduler starts its
 * entry once even if several of its times coincide. Null if that is impossible.
 */
export function expressionsOf(rules: readonly Rule[]): CronExpression[] | null {
  const apart = withoutOverlap(joined(rules));
  if (apart === null) return null;
  return apart.flatMap(({ minutes, hours, months, days }) => cronOf(minutes, hours, months, days) ?? []);
}

/** Joins rules that differ in one dimension. */
function joined(rules: readonly Rule[]): Rule[] {
  const left = [...rules];
  for (let again = true; again;) {
    again = false;
    for (let one = 0; one < left.length && !again; one += 1) {
      for (let other = one + 1; other < left.length && !again; other += 1) {
        const both = union(left[one] as Rule, left[other] as Rule);
        if (both === null) continue;
        left.splice(other, 1);
        left[one] = both;
        again = true;
      }
    }
  }
  return left;
}

function union(one: Rule, other: Rule): Rule | null {
  const differing = (['minutes', 'hours', 'months', 'days'] as const).filter(
    (field) => JSON.stringify(one[field]) !== JSON.stringify(other[field]),
  );
  const [field, second] = differing;
  if (second !== undefined) return null;
  if (field === undefined) return one;
  if (field === 'days' && [one, other].some(({ days }) => days.exact !== undefined)) return null;
  if (field === 'days') return { ...one, days: eitherDay(one.days, other.days) };
  return { ...one, [field]: sorted([...one[field], ...other[field]]) };
}

export function eitherDay(one: DayRule, other: DayRule): DayRule {
  const all = [one, other];
  if (all.some((days) => days.monthDays === null && days.weekdays === null)) return everyDay;
  const listed = (field: 'monthDays' | 'weekdays'): number[] | null =>
    all.every((days) => days[field] === null) ? null : sorted(all.flatMap((days) => days[field] ?? []));
  const nthWeekdays = new Map(all.flatMap((days) => days.nthWeekdays).map((nth) => [`${nth.weekday}#${nth.nth}`, nth]));
  return {
    monthDays: listed('monthDays'),
    lastDayOfMonth: all.some((days) => days.lastDayOfMonth),
    weekdays: listed('weekdays'),
    nthWeekdays: [...nthWeekdays.values()],
  };
}

function withoutOverlap(rules: readonly Rule[]): Rule[] | null {
  const left: (Rule | null)[] = [...rules];
  for (const index of left.keys()) {
    for (const [other, covering] of left.entries()) {
      const rule = left[index];
      if (other !== index && rule != null && covering !== null) left[index] = minus(rule, covering);
    }
  }
  const kept = left.filter((rule) => rule !== null);
  return kept.some((rule, index) => kept.slice(index + 1).some((other) => mayMeet(rule, other))) ? null : kept;
}

/** Returns `rule` without the minutes at which `other` fires on all the same days; null if nothing is left. */
function minus(rule: Rule, other: Rule): Rule | null {
  const within = (few: readonly number[], many: readonly number[]) => few.every((value) => many.includes(value));
  const sameDays =
    JSON.stringify(rule.days) === JSON.stringify(other.days) ||
    (other.days.monthDays === null && other.days.weekdays === null && other.days.exact === undefined);
  if (!sameDays || !within(rule.hours, other.hours) || !within(rule.months, other.months)) return rule;
  const minutes = rule.minutes.filter((minute) => !other.minutes.includes(minute));
  return minutes.length === 0 ? null : { ...rule, minutes };
}

function mayMeet(one: Rule, other: Rule): boolean {
  const meet = (some: readonly number[], others: readonly number[]) => some.some((value) => others.includes(value));
  if (!meet(one.minutes, other.minutes) || !meet(one.hours, other.hours) || !meet(one.months, other.months))
    return false;
  const plain = [one, other].every(
    ({ days }) => days.exact === undefined && !days.lastDayOfMonth && days.nthWeekdays.length === 0,
  );
  if (!plain) return true;
  const only = (field: 'monthDays' | 'weekdays', without: 'monthDays' | 'weekdays') =>
    one.days[without] === null && other.days[without] === null && one.days[field] !== null && other.days[field] !== null
      ? meet(one.days[field], other.days[field])
      : null;
  return only('monthDays', 'weekdays') ?? only('weekdays', 'monthDays') ?? true;
}

export const sorted = (values: readonly number[]): number[] => [...new Set(values)].sort((a, b) => a - b);
