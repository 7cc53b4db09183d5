import type { CronExpression, CronSets, DayRule, ExactDays } from './cron-sets.ts';
import { exactOf, exactRule } from './exact-days.ts';
import { evenRun, MOST_LISTED_TIMES } from './listed-times.ts';
import { everyDay } from './normal-days.ts';
import { cronOf } from './parse-cron.ts';

interface Days {
  readonly months: readonly number[];
  readonly days: DayRule;
}

const isEveryDay = ({ monthDays, weekdays, exact }: DayRule): boolean =>
  monthDays === null && weekdays === null && exact === undefined;

/** Returns the rule of days that are in any of these. */
function anyExact(all: readonly ExactDays[]): DayRule {
  return exactRule({
    monthDays: all.flatMap(({ monthDays }) => monthDays),
    fromEnd: all.flatMap(({ fromEnd }) => fromEnd),
    nearest: all.flatMap(({ nearest }) => nearest),
    workdays: all.flatMap(({ workdays }) => workdays),
    weekdays: all.flatMap(({ weekdays }) => weekdays),
    nthWeekdays: all.flatMap(({ nthWeekdays }) => nthWeekdays),
  });
}

/** Days that must match both fields stay a line of their own: no list of values says what else they match. */
const needsBoth = ({ days }: Days): boolean => days.exact?.both === true;

/** Returns the rule of days that match any of these: the fields of a day rule are joined by "or" already. */
function anyOf(rules: readonly DayRule[]): DayRule {
  if (rules.some(isEveryDay)) return everyDay;
  if (rules.some(({ exact }) => exact !== undefined)) return anyExact(rules.map(exactOf));
  const some = <T>(lists: readonly (readonly T[] | null)[]): T[] | null =>
    lists.every((list) => list === null) ? null : lists.flatMap((list) => list ?? []);
  return {
    monthDays: some(rules.map(({ monthDays }) => monthDays)),
    lastDayOfMonth: rules.some(({ lastDayOfMonth }) => lastDayOfMonth),
    weekdays: some(rules.map(({ weekdays }) => weekdays)),
    nthWeekdays: rules.flatMap(({ nthWeekdays }) => nthWeekdays),
  };
}

const dayText = ({ months, days }: Days): string => cronOf([0], [0], months, days)?.canonical ?? '';

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): T[][] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return [...groups.values()];
}

/** Merges days of the same months, then months with the same days. */
function mergedDays(all: readonly Days[]): Days[] {
  const kindOf = (each: Days): string => (needsBoth(each) ? dayText(each) : each.months.join());
  const months = grouped(all, kindOf).map((same): Days => ({
    months: same[0]?.months ?? [],
    days: same.length === 1 || same.some(needsBoth) ? (same[0]?.days ?? everyDay) : anyOf(same.map(({ days }) => days)),
  }));
  const days = grouped(months, (each) => dayText({ ...each, months: allMonths })).map((same): Days => ({
    months: [...new Set(same.flatMap((each) => each.months))].sort((a, b) => a - b),
    days: same[0]?.days ?? everyDay,
  }));
  const whole = days.find((each) => each.months.length === 12 && isEveryDay(each.days));
  return whole === undefined ? days : [whole];
}

const allMonths = Array.from({ length: 12 }, (_, index) => index + 1);

/** Returns times of day, in minutes, as few products of minutes and hours. */
export function productsOf(times: readonly number[]): { minutes: number[]; hours: number[] }[] {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const ofMinute = grouped(sorted, (time) => String(time % 60)).map((same) => ({
    minute: (same[0] ?? 0) % 60,
    hours: same.map((time) => Math.floor(time / 60)),
  }));
  return grouped(ofMinute, ({ hours }) => hours.join()).map((same) => ({
    minutes: same.map(({ minute }) => minute).sort((a, b) => a - b),
    hours: same[0]?.hours ?? [],
  }));
}

const timesOf = ({ hours, minutes }: Pick<CronSets, 'hours' | 'minutes'>): number[] =>
  hours.flatMap((hour) => minutes.map((minute) => hour * 60 + minute));

/**
 * Returns the union of cron lines as few lines, in order: the same for every order, repetition and division of the lines.
 * A union that one line can say is that line.
 */
export function combineLines(lines: readonly CronExpression[]): CronExpression[] {
  const linesOfTime = new Map<number, number[]>();
  for (const [index, { sets }] of lines.entries())
    for (const time of timesOf(sets)) linesOfTime.set(time, [...(linesOfTime.get(time) ?? []), index]);
  const sameLines = grouped([...linesOfTime], ([, indexes]) => indexes.join());
  const dated = sameLines.map((same) => {
    const indexes = same[0]?.[1] ?? [];
    const days = mergedDays(indexes.flatMap((index) => lines[index]?.sets ?? []));
    return { times: same.map(([time]) => time), days };
  });
  const combined = grouped(dated, ({ days }) => days.map(dayText).sort().join('; ')).flatMap((same) => {
    const products = productsOf(same.flatMap(({ times }) => times));
    return (same[0]?.days ?? []).flatMap(({ months, days }) =>
      products.flatMap(({ minutes, hours }) => cronOf(minutes, hours, months, days) ?? []),
    );
  });
  return inOrder(combined);
}

const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
const firstTime = ({ sets }: CronExpression): number => (sets.hours[0] ?? 0) * 60 + (sets.minutes[0] ?? 0);

function inOrder(lines: readonly CronExpression[]): CronExpression[] {
  return [...lines].sort((a, b) => firstTime(a) - firstTime(b) || byText(a.canonical, b.canonical));
}

/** Returns the day, month and weekday fields: the same text for the same days. */
export const dayFields = ({ canonical }: CronExpression): string => canonical.split(' ').slice(2).join(' ');

/**
 * Returns the lines with the rule of clock changes that their union has: `30 9-16` and `0 10-17` are one interval, which a
 * repeated hour repeats, although neither line is one.
 */
export function asUnion(lines: readonly CronExpression[]): CronExpression[] {
  if (lines.length < 2) return [...lines];
  const repeats = new Set<CronExpression>();
  for (const same of grouped(lines, dayFields)) {
    const times = same.flatMap(({ sets }) => timesOf(sets)).sort((a, b) => a - b);
    const run = evenRun(times);
    if (same.length > 1 && run !== null && 60 % run.step === 0 && times.length > MOST_LISTED_TIMES)
      for (const line of same) repeats.add(line);
  }
  return lines.map((line) =>
    repeats.has(line) ? { ...line, sets: { ...line.sets, repeatsWithinHours: true } } : line,
  );
}

const withoutExact = ({ exact: _, ...days }: DayRule): DayRule => days;

/** Returns the narrowest expression of five-field cron that contains all lines. */
export function coverOf(lines: readonly CronExpression[]): CronExpression {
  const [only] = lines;
  if (only !== undefined && lines.length === 1 && only.sets.days.exact === undefined) return only;
  const all = <K extends 'minutes' | 'hours' | 'months'>(field: K): number[] =>
    lines.flatMap(({ sets }) => [...sets[field]]);
  const cover = cronOf(
    all('minutes'),
    all('hours'),
    all('months'),
    anyOf(lines.map(({ sets }) => withoutExact(sets.days))),
  );
  if (cover === null) throw new Error('a line that matches a day has none');
  return cover;
}
