import { lengths } from '../machine-rules.ts';
import type { MachineDays, MachineRule } from '../machine-rules.ts';
import { listText, sortedUnique } from '../number-runs.ts';
import type { Repair } from '../machine-plan.ts';
import { wallTime } from '../zone-offsets.ts';

interface CronDays {
  readonly months: readonly number[];
  /** Null is `*`. */
  readonly monthDays: readonly number[] | null;
  readonly weekdays: readonly number[] | null;
}

export interface CronFields {
  readonly lines: readonly string[];
  /** False: crontab cannot express all of the rule, and the lines also fire on other days. */
  readonly exact: boolean;
}

/** Returns the rules as the five time fields of crontab lines (`man 5 crontab`). */
export function cronFields(rules: readonly MachineRule[]): CronFields {
  const timed = new Map<string, CronDays[]>();
  let exact = true;
  for (const rule of rules) {
    const time = timeText(rule);
    const widened = cronDays(rule.days, rule.months);
    exact &&= widened.exact;
    timed.set(time, [...(timed.get(time) ?? []), ...widened.days]);
  }
  const lines = [...timed].flatMap(([time, days]) => joinedByOr(days).map((day) => `${time} ${dayText(day)}`));
  return { lines: [...new Set(lines)], exact };
}

/**
 * Returns dates for slots that the other lines miss. crontab has no year: the dates recur every year and then find
 * nothing due.
 */
export function cronDates(repairs: readonly Repair[], machineTimezone: string): string[] {
  const minutes = new Map<string, number[]>();
  for (const { slotMs, why } of repairs) {
    const { minute, hour, day, month } = wallTime(machineTimezone, slotMs);
    // Vixie cron runs a line again in a repeated hour only if its hour or minute is a star.
    addTo(minutes, `${why === 'unsaid' ? hour : '*'} ${day} ${month} *`, minute);
  }
  const hours = new Map<string, number[]>();
  const lines: string[] = [];
  for (const [rest, values] of minutes) {
    const [hour = '', ...date] = rest.split(' ');
    const minute = listText(sortedUnique(values), '-');
    if (hour === '*') lines.push(`${minute} ${rest}`);
    else addTo(hours, `${minute} ${date.join(' ')}`, Number(hour));
  }
  for (const [rest, values] of hours) {
    const [minute = '', ...date] = rest.split(' ');
    lines.push(`${minute} ${listText(sortedUnique(values), '-')} ${date.join(' ')}`);
  }
  return lines;
}

function addTo(lists: Map<string, number[]>, key: string, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/**
 * Returns whether a rule has a star as hour or minute: such lines follow real time through a clock change (Vixie cron's
 * "wildcard jobs").
 */
export function hasStar(rule: MachineRule): boolean {
  return timeText(rule).includes('*');
}

function timeText({ minutes, hours }: MachineRule): string {
  return `${fieldText(minutes, 0, 59)} ${fieldText(hours, 0, 23)}`;
}

/** Returns a star only for the whole range: a star with a step would make a fixed time follow real time. */
function fieldText(values: readonly number[], first: number, last: number): string {
  return values.length === last - first + 1 ? '*' : listText(values, '-');
}

function cronDays(days: MachineDays, months: readonly number[]): { days: CronDays[]; exact: boolean } {
  switch (days.kind) {
    case 'every':
      return { days: [{ months, monthDays: null, weekdays: null }], exact: true };
    case 'month-days':
      return { days: [{ months, monthDays: days.days, weekdays: null }], exact: true };
    case 'weekdays':
      return { days: [{ months, monthDays: null, weekdays: days.days }], exact: true };
    case 'nth-weekday':
      return { days: [{ months, monthDays: null, weekdays: [days.weekday] }], exact: false };
    case 'last-day':
      return {
        days: [31, 30, 28]
          .map((length) => months.filter((month) => lengths(month)[0] === length))
          .filter((same) => same.length > 0)
          .map((same) => ({ months: same, monthDays: lengths(same[0] ?? 1), weekdays: null })),
        exact: !months.includes(2),
      };
  }
}

/** Merges days of the month and weekdays of the same months into one line: crontab joins the two by OR. */
function joinedByOr(days: readonly CronDays[]): CronDays[] {
  const byMonths = new Map<string, CronDays[]>();
  for (const day of days) {
    const key = day.months.join(',');
    byMonths.set(key, [...(byMonths.get(key) ?? []), day]);
  }
  return [...byMonths.values()].flatMap((same) => {
    const months = same[0]?.months ?? [];
    if (same.some((day) => day.monthDays === null && day.weekdays === null)) {
      return [{ months, monthDays: null, weekdays: null }];
    }
    return [
      { months, monthDays: union(same.map((day) => day.monthDays)), weekdays: union(same.map((day) => day.weekdays)) },
    ];
  });
}

function union(lists: readonly (readonly number[] | null)[]): number[] | null {
  const all = lists.flatMap((list) => list ?? []);
  return all.length === 0 ? null : [...new Set(all)].sort((a, b) => a - b);
}

function dayText({ months, monthDays, weekdays }: CronDays): string {
  const day = monthDays === null ? '*' : listText(monthDays, '-');
  const weekday = weekdays === null ? '*' : listText(weekdays, '-');
  return `${day} ${fieldText(months, 1, 12)} ${weekday}`;
}
