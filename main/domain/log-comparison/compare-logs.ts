import type { LogLine } from '../../contract/log-format.ts';
import type { ComparedLine } from '../../contract/log-comparison.ts';
import { comparableText } from './comparable-text.ts';

/** A line with its number in its log. */
export interface NumberedLine extends Pick<LogLine, 'stream' | 'text'> {
  /** From 1. */
  readonly number: number;
}

export interface LogDifference {
  /** The new and the missing lines in the order of this run's log, with the lines around them. */
  readonly lines: readonly ComparedLine[];
  readonly added: number;
  readonly missing: number;
}

/**
 * Compares the log of a run with that of a good run. A line is new if this run wrote it more often than the good one,
 * and missing if it wrote it less often. The order of lines does not count, because programs that work in parallel
 * write in any order; so the work grows only with the number of lines.
 * @param context how many lines around each difference are returned
 */
export function compareLogs(
  now: readonly NumberedLine[],
  good: readonly NumberedLine[],
  context: number,
): LogDifference {
  const [keysNow, keysGood] = [now.map(keyOf), good.map(keyOf)];
  const isNew = surplus(keysNow, counts(keysGood));
  const isMissing = surplus(keysGood, counts(keysNow));
  const missingAfter = missingByPlace(good, isMissing, placesOf(keysGood, keysNow));
  const near = nearDifferences(now.length, isNew, missingAfter, context);
  const lines: ComparedLine[] = [];
  const add = (kind: ComparedLine['kind'], { number, stream, text }: NumberedLine): void =>
    void lines.push({ kind, number, stream, text });
  for (const line of missingAfter.get(-1) ?? []) add('missing', line);
  for (const [index, line] of now.entries()) {
    if (isNew[index]) add('new', line);
    else if (near[index]) add('same', line);
    for (const missing of missingAfter.get(index) ?? []) add('missing', missing);
  }
  return { lines, added: isNew.filter(Boolean).length, missing: isMissing.filter(Boolean).length };
}

/** Empty lines and messages of the worker carry nothing that a person compares. */
const keyOf = ({ stream, text }: NumberedLine): string | null => {
  const key = stream === 'sys' ? '' : comparableText(text);
  return key === '' ? null : key;
};

type Keys = readonly (string | null)[];

function counts(keys: Keys): Map<string, number> {
  const found = new Map<string, number>();
  for (const key of keys) if (key !== null) found.set(key, (found.get(key) ?? 0) + 1);
  return found;
}

/** Returns for each line whether it is more than the other log has of the same. Uses up `available`. */
function surplus(keys: Keys, available: Map<string, number>): boolean[] {
  return keys.map((key) => {
    if (key === null) return false;
    const left = available.get(key) ?? 0;
    if (left > 0) available.set(key, left - 1);
    return left === 0;
  });
}

/** Returns for each line of the good log the place of the same line in this log; null if it has none. */
function placesOf(keysGood: Keys, keysNow: Keys): (number | null)[] {
  const places = new Map<string, number[]>();
  for (const [index, key] of keysNow.entries()) {
    if (key === null) continue;
    const known = places.get(key);
    if (known === undefined) places.set(key, [index]);
    else known.push(index);
  }
  for (const list of places.values()) list.reverse();
  return keysGood.map((key) => (key === null ? null : (places.get(key)?.pop() ?? null)));
}

/** Returns the missing lines by the line of this log after which they would stand; -1 for the beginning. */
function missingByPlace(
  good: readonly NumberedLine[],
  isMissing: readonly boolean[],
  places: readonly (number | null)[],
): Map<number, NumberedLine[]> {
  const found = new Map<number, NumberedLine[]>();
  let place = -1;
  for (const [index, line] of good.entries()) {
    place = places[index] ?? place;
    if (!isMissing[index]) continue;
    const known = found.get(place);
    if (known === undefined) found.set(place, [line]);
    else known.push(line);
  }
  return found;
}

function nearDifferences(
  length: number,
  isNew: readonly boolean[],
  missingAfter: ReadonlyMap<number, unknown>,
  context: number,
): boolean[] {
  const near = new Array<boolean>(length).fill(false);
  const mark = (from: number, to: number): void => {
    for (let index = Math.max(0, from); index <= Math.min(length - 1, to); index += 1) near[index] = true;
  };
  for (const [index, found] of isNew.entries()) if (found) mark(index - context, index + context);
  for (const place of missingAfter.keys()) mark(place - context + 1, place + context);
  return near;
}
