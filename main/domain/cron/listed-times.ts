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

/**
 * Returns the run that times of day, sorted and each once, make; null if their distances differ. A run goes on after
 * midnight only if the times of the day alone are none: "every 50 minutes between 0:00 and 23:59" ends before its widest gap.
 */
export function evenRun(times: readonly number[]): EvenRun | null {
  if (times.length < 2) return null;
  const gaps = times.map((time, index) => (times[index + 1] ?? (times[0] ?? 0) + DAY_MINUTES) - time);
  return runBefore(times.length - 1, times, gaps) ?? runBefore(gaps.lastIndexOf(Math.max(...gaps)), times, gaps);
}

/** Returns the run that ends with the time at `end`; null if the distances between its times differ. */
function runBefore(end: number, times: readonly number[], gaps: readonly number[]): EvenRun | null {
  const [step = 0, ...others] = gaps.filter((_, index) => index !== end);
  if (others.some((gap) => gap !== step)) return null;
  return { step, first: times[(end + 1) % times.length] ?? 0, last: times[end] ?? 0 };
}
