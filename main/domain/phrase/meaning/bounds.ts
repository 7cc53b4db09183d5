import { DateTime } from 'luxon';
import { dayMs, minuteMs } from '../../durations.ts';
import { instantOfWall } from '../instant.ts';
import { PhraseProblem } from '../phrase-problem.ts';
import { dayOfDate, type Now } from './day-of-date.ts';
import type { Draft } from './draft.ts';

/** The instants before and after which nothing runs. Null: none was said. */
export interface Bounds {
  readonly startMs: number | null;
  readonly endMs: number | null;
}

export const noBounds: Bounds = { startMs: null, endMs: null };

const lastMinute = 24 * 60 - 1;

/** Returns midnight of a day, as wall-clock time. A day without a year is the next one, on or after `fromWall`. */
export function boundDay(words: string, now: Now, fromWall: number): number {
  if (!/^\d{1,2} [a-z]+$/.test(words)) return dayOfDate(words, lastMinute, now).day;
  const { year } = DateTime.fromMillis(fromWall, { zone: 'UTC' });
  const [day] = [year, year + 1]
    .filter((each) => !words.startsWith('29 feb') || DateTime.utc(each, 2, 29).isValid)
    .map((each) => dayOfDate(`${words} ${each}`, lastMinute, now).day)
    .filter((each) => each >= fromWall);
  if (day === undefined) throw new PhraseProblem(`Say the year of ${words}.`, words.split(' '));
  return day;
}

/** Returns midnight of today, as wall-clock time. */
export function today({ zone, nowMs }: Now): number {
  const { year, month, day } = DateTime.fromMillis(nowMs, { zone });
  return Date.UTC(year, month - 1, day);
}

/** Returns midnight of the last day; "2 weeks" are counted from the first one. */
function lastDay(words: string, now: Now, fromWall: number): number {
  const [, count, unit] = /^(\d+) (day|week|month|year)s$/.exec(words) ?? [];
  if (count === undefined || unit === undefined) return boundDay(words, now, fromWall);
  const after = DateTime.fromMillis(fromWall, { zone: 'UTC' }).plus({ [unit]: Number(count) });
  return after.toMillis() - dayMs;
}

/**
 * Returns the bounds that a draft says: from the first day to the last minute of the last one.
 * @param startMinute minute of the first day from which it runs
 */
export function boundsOf({ starts, ends }: Draft, now: Now, startMinute = 0): Bounds {
  const first = starts === null ? null : boundDay(starts, now, today(now));
  const last = ends === null ? null : lastDay(ends, now, first ?? today(now));
  const instant = (wall: number): number => instantOfWall(wall, now.zone, now.clock).atMs;
  const endMs = last === null ? null : instant(last + dayMs - minuteMs);
  const startMs = first === null ? null : instant(first + startMinute * minuteMs);
  if (endMs !== null && endMs <= Math.max(now.nowMs, startMs ?? 0))
    throw new PhraseProblem(`"${ends ?? ''}" is over before the first run.`, []);
  return { startMs: startMs !== null && startMs > now.nowMs ? startMs : null, endMs };
}
