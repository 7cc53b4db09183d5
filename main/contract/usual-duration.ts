/** Number of successful runs that it takes to say what is usual. */
const enoughRuns = 10;
/** Number of latest successful runs that count. */
export const countedRuns = 100;

/**
 * Returns the duration in ms that 95% of these runs did not exceed (nearest rank), or null for fewer than `enoughRuns`.
 * @param durations of successful runs, in ms, in any order
 */
export function usualDuration(durations: readonly number[]): number | null {
  if (durations.length < enoughRuns) return null;
  const sorted = [...durations].sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length * 0.95) - 1] ?? null;
}
