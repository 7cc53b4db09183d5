import type { CronSets, DayRule, ExactDays } from './cron-sets.ts';
import { HOUR, MINUTE, MONTH } from './cron-fields.ts';

/** Returns the values as list items: neighbouring numbers as ranges, the others on their own. */
export function runsOf(values: readonly number[]): string[] {
  const parts: string[] = [];
  for (let start = 0; start < values.length;) {
    let end = start;
    while (values[end + 1] === (values[end] ?? 0) + 1) end += 1;
    const [first, last] = [values[start] ?? 0, values[end] ?? 0];
    if (end - start >= 2) parts.push(`${first}-${last}`);
    else for (const value of values.slice(start, end + 1)) parts.push(String(value));
    start = end + 1;
  }
  return parts;
}

/** Returns the step of an even progression of at least `least` values, or 0 if the values are not one. */
export function stepOf(values: readonly number[], least: number): number {
  const step = (values[1] ?? 0) - (values[0] ?? 0);
  if (values.length < least || step < 2) return 0;
  return values.every((value, index) => value === (values[0] ?? 0) + index * step) ? step : 0;
}

/** A progression shorter than this is written as a list. */
const SHORTEST_STEPPED = 5;

/**
 * Returns the canonical text of a set. Uses a wildcard step only if the step divides the field, because a step of 45,
 * for example, does not run every 45 minutes. Other progressions name both ends: `0-56/7`.
 */
export function formatSet(values: readonly number[], min: number, max: number): string {
  const size = max - min + 1;
  if (values.length === size) return '*';
  const step = stepOf(values, 2);
  if (step > 0 && size % step === 0 && values[0] === min && values.length === size / step) return `*/${step}`;
  const longStep = stepOf(values, SHORTEST_STEPPED);
  if (longStep > 0) return `${values[0] ?? 0}-${values.at(-1) ?? 0}/${longStep}`;
  return runsOf(values).join(',');
}

/**
 * Names both ends instead of a wildcard step: with one, some crons join the two day fields by AND (`man 5 crontab`).
 */
function formatDaySet(values: readonly number[]): string[] {
  const step = stepOf(values, SHORTEST_STEPPED);
  if (step > 0) return [`${values[0] ?? 0}-${values.at(-1) ?? 0}/${step}`];
  return runsOf(values);
}

function formatExactMonthDays(exact: ExactDays): string[] {
  return [
    ...formatDaySet(exact.monthDays),
    ...exact.nearest.map((day) => `${day}W`),
    ...exact.workdays.map((nth) => (nth > 0 ? `${nth}WD` : nth === -1 ? 'LW' : `LW-${-nth - 1}`)),
    ...exact.fromEnd.map((before) => (before === 0 ? 'L' : `L-${before}`)),
  ];
}

export function formatMonthDays(days: DayRule): string {
  if (days.exact !== undefined) return formatExactMonthDays(days.exact).join(',') || '*';
  if (days.monthDays === null) return '*';
  return [...formatDaySet(days.monthDays), ...(days.lastDayOfMonth ? ['L'] : [])].join(',');
}

export function formatWeekdays(days: DayRule): string {
  const { weekdays, nthWeekdays } = days.exact ?? days;
  if (weekdays === null) return '*';
  const nths = nthWeekdays.map(({ weekday, nth }) => (nth === -1 ? `${weekday}L` : `${weekday}#${nth}`));
  const text = [...runsOf(weekdays), ...nths].join(',') || '*';
  return days.exact?.both === true ? `+${text}` : text;
}

/** Returns the canonical text of compiled sets. */
export function formatCron(sets: Omit<CronSets, 'followsRealTime' | 'repeatsWithinHours'>): string {
  return [
    formatSet(sets.minutes, MINUTE.min, MINUTE.max),
    formatSet(sets.hours, HOUR.min, HOUR.max),
    formatMonthDays(sets.days),
    formatSet(sets.months, MONTH.min, MONTH.max),
    formatWeekdays(sets.days),
  ].join(' ');
}
