import { sortedUnique } from '../number-runs.ts';

/** A start and its repetition, in minutes. A single time has no repetition. */
export interface TimeSeries {
  /** Minute of the day, or of any other scale. */
  readonly start: number;
  readonly interval: number;
  readonly count: number;
}

/** Returns few series that give exactly these times: Task Scheduler repeats at a single interval. */
export function timeSeries(times: readonly number[]): TimeSeries[] {
  const sorted = sortedUnique(times);
  const byHour = partition(sorted, (time) => Math.floor(time / 60));
  const byMinute = partition(sorted, (time) => time % 60);
  return [greedySeries(sorted), byHour, byMinute].reduce((best, choice) =>
    choice.length < best.length ? choice : best,
  );
}

/** Returns one series that gives at least these times. */
export function coveringSeries(times: readonly number[]): TimeSeries {
  const sorted = sortedUnique(times);
  const [start = 0] = sorted;
  const interval = sorted.reduce((step, time) => greatestCommonDivisor(step, time - start), 0);
  if (interval === 0) return { start, interval: 0, count: 1 };
  return { start, interval, count: ((sorted.at(-1) ?? start) - start) / interval + 1 };
}

function partition(sorted: readonly number[], keyOf: (time: number) => number): TimeSeries[] {
  const parts = new Map<number, number[]>();
  for (const time of sorted) parts.set(keyOf(time), [...(parts.get(keyOf(time)) ?? []), time]);
  return [...parts.values()].flatMap(greedySeries);
}

/** Walks through the times once and starts a new series where the step changes. */
function greedySeries(sorted: readonly number[]): TimeSeries[] {
  const series: { start: number; interval: number; count: number }[] = [];
  for (const time of sorted) {
    const last = series.at(-1);
    if (last?.count === 1) {
      last.interval = time - last.start;
      last.count = 2;
    } else if (last !== undefined && time === last.start + last.interval * last.count) {
      last.count += 1;
    } else {
      series.push({ start: time, interval: 0, count: 1 });
    }
  }
  return series;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
