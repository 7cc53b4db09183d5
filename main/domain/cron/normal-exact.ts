import type { DayRule, ExactDays } from './cron-sets.ts';
import { matchesExact, noExactDays } from './exact-days.ts';
import { KnownMasks, liveMonths, masksWithin, unionMasks, withoutRedundant } from './month-shapes.ts';
import type { MonthShape } from './month-shapes.ts';
import { everyDay, normalDays } from './normal-days.ts';

type Field = 'monthDays' | 'fromEnd' | 'nearest' | 'workdays' | 'weekdays' | 'nthWeekdays';

/** One value of exact days, and the days that it matches. */
interface Part {
  readonly field: Field;
  readonly value: ExactDays[Field][number];
  readonly masks: readonly number[];
}

const upTo = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);
const downFrom = (count: number): number[] => upTo(count).toReversed();
const week = [6, 5, 4, 3, 2, 1, 0];

/** Every value, in the order in which redundant ones are dropped: what cron can say stays. */
const allValues: readonly (readonly [Field, readonly ExactDays[Field][number][]])[] = [
  ['workdays', [...downFrom(23), ...downFrom(22).map((before) => -before - 1)]],
  ['nearest', downFrom(31)],
  ['workdays', [-1]],
  ['fromEnd', downFrom(30)],
  ['nthWeekdays', week.map((weekday) => ({ weekday, nth: -1 }))],
  ['nthWeekdays', downFrom(5).flatMap((nth) => week.map((weekday) => ({ weekday, nth })))],
  ['fromEnd', [0]],
  ['weekdays', week],
  ['monthDays', downFrom(31)],
];

const only = (field: Field, value: Part['value']): ExactDays => ({ ...noExactDays, [field]: [value] });

const known = new KnownMasks();

function partOf(field: Field, value: Part['value'], shapes: readonly MonthShape[]): Part {
  const exact = only(field, value);
  const name = typeof value === 'number' ? `${field} ${value}` : `${field} ${value.weekday} ${value.nth}`;
  return { field, value, masks: known.of(name, shapes, (...day) => matchesExact(exact, ...day)) };
}

function daysOf(parts: readonly Part[]): ExactDays {
  const numbers = (field: Field): number[] =>
    parts
      .flatMap((part) => (part.field === field && typeof part.value === 'number' ? part.value : []))
      .sort((a, b) => a - b);
  const order = (nth: number): number => (nth === -1 ? 6 : nth);
  const nthWeekdays = parts
    .flatMap(({ value }) => (typeof value === 'number' ? [] : value))
    .sort((a, b) => a.weekday - b.weekday || order(a.nth) - order(b.nth));
  return {
    monthDays: numbers('monthDays'),
    fromEnd: numbers('fromEnd'),
    nearest: numbers('nearest'),
    // The first ones first, the last one last.
    workdays: [...numbers('workdays').filter((nth) => nth > 0), ...numbers('workdays').filter((nth) => nth < 0)],
    weekdays: numbers('weekdays'),
    nthWeekdays,
    both: false,
  };
}

/** Returns the rule of cron for exact days, or null if cron cannot say them. */
function plainRule(exact: ExactDays): DayRule | null {
  if (exact.both || exact.nearest.length + exact.workdays.length > 0 || exact.fromEnd.some((before) => before > 0))
    return null;
  const inMonth = exact.monthDays.length + exact.fromEnd.length > 0;
  const inWeek = exact.weekdays.length + exact.nthWeekdays.length > 0;
  return {
    monthDays: inMonth ? exact.monthDays : null,
    lastDayOfMonth: exact.fromEnd.length > 0,
    weekdays: inWeek ? exact.weekdays : null,
    nthWeekdays: exact.nthWeekdays,
  };
}

const bits = (mask: number): number => [...mask.toString(2)].filter((bit) => bit === '1').length;
const sumOf = (masks: readonly number[]): number => masks.reduce((sum, mask) => sum + bits(mask), 0);

/** Lists of weekdays by their number are hard to read, and few schedulers know them: they must save this much. */
const NTH_ADVANTAGE = 0.6;

type Dated = (day: number, weekday: number, length: number) => void;

function forEachDay(masks: readonly number[], shapes: readonly MonthShape[], found: Dated): void {
  for (const [index, { first, length }] of shapes.entries())
    for (let day = 1; day <= length; day += 1)
      if (((masks[index] ?? 0) & (1 << (day - 1))) !== 0) found(day, (first + day - 1) % 7, length);
}

/** Returns the narrowest rule of cron that contains these days: dates, weekdays, or weekdays by their number. */
function coverOf(all: readonly number[], shapes: readonly MonthShape[]): DayRule {
  const [dates, weekdays, nths] = [new Set<number>(), new Set<number>(), new Set<number>()];
  forEachDay(all, shapes, (day, weekday, length) => {
    dates.add(day);
    weekdays.add(weekday);
    nths.add(weekday * 10 + Math.ceil(day / 7));
    if (day + 7 > length) nths.add(weekday * 10);
  });
  const parts = (field: Field, values: readonly Part['value'][]): Part[] =>
    values.map((value) => partOf(field, value, shapes));
  const nthWeekdays = [...nths]
    .sort((one, other) => (one % 10) - (other % 10))
    .map((number) => ({ weekday: Math.floor(number / 10), nth: number % 10 === 0 ? -1 : number % 10 }));
  const covers = [
    { parts: parts('monthDays', [...dates]), weight: 1 },
    { parts: parts('weekdays', [...weekdays]), weight: 1 },
    { parts: withoutRedundant(parts('nthWeekdays', nthWeekdays), all), weight: 1 / NTH_ADVANTAGE },
  ].map((cover) => ({ ...cover, cost: sumOf(unionMasks(cover.parts, all.length)) * cover.weight }));
  return plainRule(daysOf(covers.reduce((best, cover) => (cover.cost < best.cost ? cover : best)).parts)) ?? everyDay;
}

/** Returns exact days without the values that match none of them. */
function pruned(exact: ExactDays, all: readonly number[], shapes: readonly MonthShape[]): ExactDays {
  const used = <Value extends Part['value']>(field: Field, values: readonly Value[]): Value[] => {
    const found = new Set<string>();
    return values.filter((value) => {
      const isNew = !found.has(JSON.stringify(value)) && found.add(JSON.stringify(value)).size > 0;
      return isNew && partOf(field, value, shapes).masks.some((mask, index) => (mask & (all[index] ?? 0)) !== 0);
    });
  };
  const numbers = (field: Exclude<Field, 'nthWeekdays'>): number[] => used(field, exact[field]).sort((a, b) => a - b);
  return {
    monthDays: numbers('monthDays'),
    fromEnd: numbers('fromEnd'),
    nearest: numbers('nearest'),
    workdays: numbers('workdays'),
    weekdays: numbers('weekdays'),
    nthWeekdays: used('nthWeekdays', exact.nthWeekdays),
    both: true,
  };
}

/**
 * Returns the normal form of exact days within their months: a rule of cron if one says the same, else the fewest values
 * with the narrowest rule of cron around them. Null when no day ever matches.
 */
export function normalExact(exact: ExactDays, months: readonly number[]): { days: DayRule; months: number[] } | null {
  const { live, shapes, all } = liveMonths(months, (...day) => matchesExact(exact, ...day));
  if (live.length === 0) return null;
  const implied = allValues
    .flatMap(([field, values]) => values.map((value) => partOf(field, value, shapes)))
    .filter(({ masks }) => masksWithin(masks, all) && masks.some((mask) => mask !== 0));
  const isUnion = masksWithin(all, unionMasks(implied, all.length));
  const days = isUnion ? daysOf(withoutRedundant(implied, all)) : pruned(exact, all, shapes);
  const plain = plainRule(days);
  if (plain !== null) return normalDays(plain, live);
  const cover = normalDays(coverOf(all, shapes), live);
  return cover && { days: { ...cover.days, exact: days }, months: live };
}
