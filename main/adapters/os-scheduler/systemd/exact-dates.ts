import type { ExactDays, NthWeekday } from '../../../domain/cron/cron-sets.ts';
import { isNthWorkday, matchesExact, nearestWorkday } from '../../../domain/cron/exact-days.ts';
import { masksOf, shapesOf } from '../../../domain/cron/month-shapes.ts';
import { listText } from '../number-runs.ts';

/** Days of the month that count only on these weekdays: systemd joins the two by AND. */
export interface ExactDate {
  readonly weekdays: readonly number[];
  /** `-08..14`, or `~01,02`, counted from the end of the month. */
  readonly days: string;
}

/** A weekday that falls on a day, counted from the start or the end of the month: 1 is the first or last day. */
interface Pair {
  readonly weekday: number;
  readonly day: number;
  readonly isFromEnd: boolean;
}

const week = [0, 1, 2, 3, 4, 5, 6];
const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** All months have these days, so that nothing depends on the length of the month. */
const shortest = 28;
const longest = 31;

function nthPairs({ weekday, nth }: NthWeekday): Pair[] {
  if (nth === -1) return upTo(7).map((day) => ({ weekday, day, isFromEnd: true }));
  return upTo(7).flatMap((offset) => {
    const day = 7 * (nth - 1) + offset;
    return day > longest ? [] : { weekday, day, isFromEnd: false };
  });
}

const everyWeekday = (day: number, isFromEnd: boolean): Pair[] => week.map((weekday) => ({ weekday, day, isFromEnd }));

function workdayPairs(nth: number): Pair[] {
  const isFromEnd = nth < 0;
  return upTo(longest).flatMap((day) =>
    week
      .filter((weekday) => isNthWorkday(nth, isFromEnd ? longest - day + 1 : day, weekday, longest))
      .map((weekday) => ({ weekday, day, isFromEnd })),
  );
}

function nearestPairs(near: number): Pair[] {
  return week.map((weekday) => {
    const day = nearestWorkday(near, weekday, longest);
    return { weekday: (weekday + day - near + 7) % 7, day, isFromEnd: false };
  });
}

function monthPairs({ monthDays, fromEnd, nearest, workdays }: ExactDays): Pair[] {
  return [
    ...monthDays.flatMap((day) => everyWeekday(day, false)),
    ...fromEnd.flatMap((before) => everyWeekday(before + 1, true)),
    ...nearest.flatMap((day) => (day < shortest ? nearestPairs(day) : [])),
    ...workdays.flatMap(workdayPairs),
  ];
}

function weekPairs({ weekdays, nthWeekdays }: ExactDays): Pair[] {
  const whole = upTo(longest).flatMap((day) => weekdays.map((weekday) => ({ weekday, day, isFromEnd: false })));
  return [...whole, ...nthWeekdays.flatMap(nthPairs)];
}

const textOf = (pair: Pair): string => JSON.stringify([pair.weekday, pair.day, pair.isFromEnd]);

function pairsOf(exact: ExactDays): Pair[] {
  const inMonth = monthPairs(exact);
  if (!exact.both) return [...inMonth, ...weekPairs(exact)];
  const nths = new Set(exact.nthWeekdays.flatMap(nthPairs).map(textOf));
  return inMonth.filter((pair) => exact.weekdays.includes(pair.weekday) || nths.has(textOf(pair)));
}

/** Returns whether pairs match the very days. What depends on the length of the month, such as `31W`, they may not. */
function saysAll(exact: ExactDays, pairs: readonly Pair[], months: readonly number[]): boolean {
  const known = new Set(pairs.map(textOf));
  const shapes = shapesOf(months);
  const wanted = masksOf(shapes, (...day) => matchesExact(exact, ...day));
  const said = masksOf(
    shapes,
    (day, weekday, length) =>
      known.has(textOf({ weekday, day, isFromEnd: false })) ||
      known.has(textOf({ weekday, day: length - day + 1, isFromEnd: true })),
  );
  return wanted.every((mask, index) => mask === said[index]);
}

const grouped = <T>(items: readonly T[], keyOf: (item: T) => string): T[][] => [
  ...items
    .reduce(
      (groups, item) => groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]),
      new Map<string, T[]>(),
    )
    .values(),
];

/** Returns days as systemd writes them, or null if it cannot say them exactly. `~` takes a list, not a range. */
export function exactDates(exact: ExactDays, months: readonly number[]): ExactDate[] | null {
  const pairs = pairsOf(exact);
  if (!saysAll(exact, pairs, months)) return null;
  const byDay = grouped(pairs, ({ day, isFromEnd }) => `${day} ${isFromEnd}`).map((same) => ({
    day: same[0]?.day ?? 1,
    isFromEnd: same[0]?.isFromEnd === true,
    weekdays: [...new Set(same.map(({ weekday }) => weekday))].sort((a, b) => a - b),
  }));
  return grouped(byDay, ({ weekdays, isFromEnd }) => `${weekdays.join()} ${isFromEnd}`).map((same) => {
    const days = same.map(({ day }) => day).sort((a, b) => a - b);
    const isFromEnd = same[0]?.isFromEnd === true;
    const text = isFromEnd ? `~${days.map(twoDigits).join(',')}` : `-${listText(days, '..', twoDigits)}`;
    return { weekdays: same[0]?.weekdays ?? week, days: text };
  });
}
