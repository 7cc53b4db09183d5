import type { DayRule, NthWeekday } from './cron-sets.ts';
import { KnownMasks, lengthsOf, masksWithin, shapesOf, unionMasks, withoutRedundant } from './month-shapes.ts';
import type { MonthShape } from './month-shapes.ts';

/** The smallest part of a day rule. Bit d-1 of `masks[i]` is day d in shape i. */
interface Atom {
  readonly kind: 'weekday-last' | 'weekday-nth' | 'month-last' | 'weekday' | 'month-day';
  readonly value: number;
  readonly nth: number;
  readonly masks: readonly number[];
}

const known = new KnownMasks();

function atom(kind: Atom['kind'], value: number, nth: number, shapes: readonly MonthShape[]): Atom {
  const masks = known.of(`${kind} ${value} ${nth}`, shapes, (day, weekday, length) => {
    if (kind === 'month-day') return day === value;
    if (kind === 'month-last') return day === length;
    if (weekday !== value) return false;
    if (kind === 'weekday-last') return day > length - 7;
    return kind === 'weekday' || Math.ceil(day / 7) === nth;
  });
  return { kind, value, nth, masks };
}

const WEEK = [6, 5, 4, 3, 2, 1, 0];

/** Returns all atoms, in the order in which redundant ones are dropped, so that the simplest spelling remains. */
function allAtoms(shapes: readonly MonthShape[]): Atom[] {
  return [
    ...WEEK.map((day) => atom('weekday-last', day, 0, shapes)),
    ...[5, 4, 3, 2, 1].flatMap((nth) => WEEK.map((day) => atom('weekday-nth', day, nth, shapes))),
    atom('month-last', 0, 0, shapes),
    ...WEEK.map((day) => atom('weekday', day, 0, shapes)),
    ...Array.from({ length: 31 }, (_, index) => atom('month-day', 31 - index, 0, shapes)),
  ];
}

function atomsOf(rule: DayRule, shapes: readonly MonthShape[]): Atom[] {
  return [
    ...(rule.monthDays ?? []).map((day) => atom('month-day', day, 0, shapes)),
    ...(rule.lastDayOfMonth ? [atom('month-last', 0, 0, shapes)] : []),
    ...(rule.weekdays ?? []).map((day) => atom('weekday', day, 0, shapes)),
    ...rule.nthWeekdays.map(({ weekday, nth }) =>
      nth === -1 ? atom('weekday-last', weekday, 0, shapes) : atom('weekday-nth', weekday, nth, shapes),
    ),
  ];
}

/**
 * Returns the shorter of two reductions: dropping "the last" first keeps `5#4,5#5`, dropping "the nth" first keeps `5L`
 * beside many days.
 */
function plainest(atoms: readonly Atom[], all: readonly number[]): Atom[] {
  const lastFirst = withoutRedundant(atoms, all);
  const isLast = (item: Atom): boolean => item.kind === 'weekday-last';
  const nths = atoms.filter(({ kind }) => kind === 'weekday-nth');
  const others = atoms.filter(({ kind }) => kind !== 'weekday-last' && kind !== 'weekday-nth');
  const nthFirst = withoutRedundant([...nths, ...atoms.filter(isLast), ...others], all);
  return nthFirst.length < lastFirst.length ? nthFirst : lastFirst;
}

function ruleOf(atoms: readonly Atom[]): DayRule {
  const values = (kind: Atom['kind']): number[] =>
    atoms
      .filter((item) => item.kind === kind)
      .map((item) => item.value)
      .sort((a, b) => a - b);
  const nthWeekdays: NthWeekday[] = atoms
    .filter((item) => item.kind === 'weekday-nth' || item.kind === 'weekday-last')
    .map((item) => ({ weekday: item.value, nth: item.kind === 'weekday-last' ? -1 : item.nth }))
    .sort((a, b) => a.weekday - b.weekday || (a.nth === -1 ? 6 : a.nth) - (b.nth === -1 ? 6 : b.nth));
  const monthDays = values('month-day');
  const weekdays = values('weekday');
  const lastDayOfMonth = atoms.some((item) => item.kind === 'month-last');
  return {
    monthDays: monthDays.length > 0 || lastDayOfMonth ? monthDays : null,
    lastDayOfMonth,
    weekdays: weekdays.length > 0 || nthWeekdays.length > 0 ? weekdays : null,
    nthWeekdays,
  };
}

export const everyDay: DayRule = { monthDays: null, lastDayOfMonth: false, weekdays: null, nthWeekdays: [] };

const longest = (month: number): number => Math.max(...lengthsOf(month));

/** Returns the rule unchanged when it has only weekdays or only days of the month: no simpler spelling exists. */
function plainDays(rule: DayRule, months: readonly number[]): { days: DayRule; months: number[] } | null {
  const earliest = rule.monthDays?.[0] ?? 1;
  const live = months.filter((month) => longest(month) >= earliest);
  if (live.length === 0) return null;
  const latest = Math.max(...live.map(longest));
  const monthDays = rule.monthDays?.filter((day) => day <= latest) ?? null;
  if (monthDays?.length === latest) return { days: everyDay, months: live };
  return { days: { ...rule, monthDays }, months: live };
}

/**
 * Returns the normal form of a day rule within its months: drops months in which it never matches, and chooses the
 * simplest of all rules that match the same days. Null when no day ever matches (31 February).
 */
export function normalDays(rule: DayRule, months: readonly number[]): { days: DayRule; months: number[] } | null {
  const mixed = rule.monthDays !== null && rule.weekdays !== null;
  if (!mixed && !rule.lastDayOfMonth && rule.nthWeekdays.length === 0) return plainDays(rule, months);
  const live = months.filter((month) => {
    const shapes = shapesOf([month]);
    return unionMasks(atomsOf(rule, shapes), shapes.length).some((mask) => mask !== 0);
  });
  if (live.length === 0) return null;
  const shapes = shapesOf(live);
  const all = unionMasks(atomsOf(rule, shapes), shapes.length);
  if (all.every((mask, index) => mask === 2 ** (shapes[index]?.length ?? 0) - 1)) {
    return { days: everyDay, months: live };
  }
  const implied = allAtoms(shapes).filter(({ masks }) => masks.some((mask) => mask !== 0) && masksWithin(masks, all));
  return { days: ruleOf(plainest(implied, all)), months: live };
}
