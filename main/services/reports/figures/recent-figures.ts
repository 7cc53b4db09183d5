import { medianDuration } from '../../../contract/median-duration.ts';
import type { RecentRun, RunFigures } from '../../../contract/recent-runs.ts';
import { runFailed } from '../../../domain/statuses.ts';

/** Returns what the latest runs of a task say: how long it usually takes, and how often it succeeds. */
export function recentFigures(runs: readonly RecentRun[]): Pick<RunFigures, 'usualMs' | 'successRate'> {
  const succeeded = runs.filter(({ status }) => status === 'success');
  const failed = runs.filter(({ status }) => runFailed.has(status)).length;
  const judged = succeeded.length + failed;
  return {
    usualMs: medianDuration(succeeded.flatMap(({ duration }) => duration ?? [])),
    successRate: judged === 0 ? null : succeeded.length / judged,
  };
}
