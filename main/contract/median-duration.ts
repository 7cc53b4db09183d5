/** Number of successful runs that it takes to say how long a task usually takes. */
const enoughRuns = 3;

/**
 * Returns the usual duration in ms, the same wherever it is shown: the median, or null for fewer than three runs.
 * @param durations of successful runs, in ms, in any order
 */
export function medianDuration(durations: readonly number[]): number | null {
  return durations.length < enoughRuns ? null : median(durations);
}

/** Returns the middle value, or the mean of the two in the middle; null without values. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)];
  const lower = sorted[Math.ceil(sorted.length / 2) - 1];
  return upper === undefined || lower === undefined ? null : (lower + upper) / 2;
}
