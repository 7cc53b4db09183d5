/**
 * The shape of a month. There are 28 of them, 28 to 31 days starting on any weekday, and all of them occur. Two day
 * rules are the same exactly when they match the same days in each shape.
 */
export interface MonthShape {
  readonly length: number;
  /** Weekday of day 1. */
  readonly first: number;
}

const FEBRUARY = 2;

/** Returns how many days a month can have. */
export const lengthsOf = (month: number): number[] =>
  month === FEBRUARY ? [28, 29] : [4, 6, 9, 11].includes(month) ? [30] : [31];

/** Returns the shapes that these months can have. */
export function shapesOf(months: readonly number[]): MonthShape[] {
  const lengths = [...new Set(months.flatMap(lengthsOf))];
  return lengths.flatMap((length) => Array.from({ length: 7 }, (_, first) => ({ length, first })));
}

/** Returns the matching days of each shape: bit d-1 is day d. */
export function masksOf(
  shapes: readonly MonthShape[],
  matches: (day: number, weekday: number, length: number) => boolean,
): number[] {
  return shapes.map(({ first, length }) => {
    let mask = 0;
    for (let day = 1; day <= length; day += 1) if (matches(day, (first + day - 1) % 7, length)) mask |= 1 << (day - 1);
    return mask;
  });
}

const shortest = 28;
const indexOf = ({ first, length }: MonthShape): number => (length - shortest) * 7 + first;

const everyShape = [28, 29, 30, 31].flatMap((length) => Array.from({ length: 7 }, (_, first) => ({ length, first })));

/** Returns the function that picks the masks of shapes out of those of all 28. */
const picking =
  (masks: readonly number[]) =>
  (shapes: readonly MonthShape[]): number[] =>
    shapes.map((shape) => masks[indexOf(shape)] ?? 0);

/** Masks that were computed once. A normal form compares hundreds of values, and none of them ever matches other days. */
export class KnownMasks {
  readonly #masks = new Map<string, (shapes: readonly MonthShape[]) => number[]>();

  /** Returns the matching days of a value. `name` tells values apart. */
  of(name: string, shapes: readonly MonthShape[], matches: Parameters<typeof masksOf>[1]): number[] {
    const known = this.#masks.get(name) ?? picking(masksOf(everyShape, matches));
    this.#masks.set(name, known);
    return known(shapes);
  }
}

/** Returns the months in which any day matches, their shapes, and the matching days of each shape. */
export function liveMonths(
  months: readonly number[],
  matches: Parameters<typeof masksOf>[1],
): { live: number[]; shapes: MonthShape[]; all: number[] } {
  const masks = picking(masksOf(everyShape, matches));
  const live = months.filter((month) => masks(shapesOf([month])).some((mask) => mask !== 0));
  const shapes = shapesOf(live);
  return { live, shapes, all: masks(shapes) };
}

/** Anything that matches days. */
interface Masked {
  readonly masks: readonly number[];
}

export const unionMasks = (parts: readonly Masked[], size: number): number[] =>
  Array.from({ length: size }, (_, index) => parts.reduce((mask, { masks }) => mask | (masks[index] ?? 0), 0));

/** Returns whether the first days are all among the second. */
export const masksWithin = (masks: readonly number[], all: readonly number[]): boolean =>
  masks.every((mask, index) => (mask & ~(all[index] ?? 0)) === 0);

/** Drops the parts, in order, without which the rest still matches all days. */
export function withoutRedundant<Part extends Masked>(parts: readonly Part[], all: readonly number[]): Part[] {
  let kept = [...parts];
  for (const candidate of parts) {
    const rest = kept.filter((other) => other !== candidate);
    if (masksWithin(all, unionMasks(rest, all.length))) kept = rest;
  }
  return kept;
}
