import type { Execution } from '../../../contract/execution.ts';
import { medianDuration } from '../../../contract/median-duration.ts';
import type { RunFigures } from '../../../contract/task-report.ts';
import { runFailed } from '../../../domain/statuses.ts';

/** What the figures need of a run. */
export type FiguredRun = Pick<
  Execution,
  'executionId' | 'trigger' | 'status' | 'startedAt' | 'duration' | 'logBytes' | 'doubt'
>;

/** Returns whether a run ended as a success or a failure. A test run belongs to the editor, not to the task. */
export const isCounted = ({ status, trigger }: Pick<FiguredRun, 'status' | 'trigger'>): boolean =>
  trigger !== 'test' && (status === 'success' || runFailed.has(status));

/**
 * @param runs newest first
 * @param isPartial whether older runs exist
 * @param p95Of returns the duration that 95% did not exceed, or null for too few
 */
export function runFigures(
  runs: readonly FiguredRun[],
  isPartial: boolean,
  p95Of: (durations: readonly number[]) => number | null,
): RunFigures {
  const counted = runs.filter(isCounted);
  const durations = successDurations(counted);
  return {
    runs: counted.length,
    since: counted.at(-1)?.startedAt ?? null,
    isPartial,
    successes: counted.filter(({ status }) => status === 'success').length,
    doubtful: counted.filter(({ doubt }) => doubt !== undefined).length,
    medianMs: medianDuration(durations),
    p95Ms: p95Of(durations),
    streak: streakOf(counted),
  };
}

/** Returns the durations of the successful runs in ms, in the order of the runs. */
export const successDurations = (runs: readonly Pick<FiguredRun, 'status' | 'duration'>[]): number[] =>
  runs.flatMap(({ status, duration }) => (status === 'success' && duration !== null ? [duration] : []));

function streakOf(counted: readonly FiguredRun[]): RunFigures['streak'] {
  const [newest] = counted;
  if (newest === undefined) return null;
  const isSuccess = newest.status === 'success';
  const end = counted.findIndex(({ status }) => (status === 'success') !== isSuccess);
  return { isSuccess, count: end === -1 ? counted.length : end };
}
