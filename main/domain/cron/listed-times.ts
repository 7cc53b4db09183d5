/**
 * With this many runs a day or fewer, the times are meant as they are, "at 2:00 and 2:30": sentences list them, and a
 * clock change does not repeat them. With more, it is an interval.
 */
export const MOST_LISTED_TIMES = 6;

const DAY_MINUTES = 1440;

/** Times of day, in minutes, at equal distances. */
export interface EvenRun {
  readonly step: number;
  readonly first: number;
  /** Less than `first` if the times go on after midnight. */
  readonly last: number;
}

/** Returns the run that times of day, sorted and each once, make; null if their distances differ. */
export function evenRun(times: readonly number[]): EvenRun | null {
  if (times.length < 2) return null;
  const gaps = times.map((time, index) => (times[index + 1] ?? (times[0] ?? 0) + DAY_MINUTES) - time);
  const widest = gaps.lastIndexOf(Math.max(...gaps));
  const start = (widest + 1) % times.length;
  const inRun = gaps.filter((_, index) => index !== widest);
  const [step = 0] = inRun;
  if (inRun.some((gap) => gap !== step)) return null;
  return { step, first: times[start] ?? 0, last: times[widest] ?? 0 };
}
