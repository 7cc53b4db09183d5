import type { RecentRun, RunFigures } from '../contract/recent-runs.ts';
import { runFailed } from './statuses.ts';

/** Number of successful runs that it takes to say what is usual. */
const enoughRuns = 3;

/** Returns what the latest runs of a task say: how long it usually takes, and how often it succeeds. */
export function runFigures(runs: readonly RecentRun[]): Pick<RunFigures, 'usualMs' | 'successRate'> {
  const succeeded = runs.filter(({ status }) => status === 'success');
  const failed = runs.filter(({ status }) => runFailed.has(status)).length;
  const durations = succeeded.flatMap(({ duration }) => duration ?? []).sort((a, b) => a - b);
  const judged = succeeded.length + failed;
  return {
    usualMs: durations.length < enoughRuns ? null : (durations[Math.floor(durations.length / 2)] ?? null),
    successRate: judged === 0 ? null : succeeded.length / judged,
  };
}
