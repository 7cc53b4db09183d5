import { median } from '../../../contract/median-duration.ts';
import type { RunHint } from '../../../contract/task-report.ts';
import { isCounted, successDurations, type FiguredRun } from './run-figures.ts';

/** Latest successful runs that are compared with those before. */
const recentRuns = 3;
/** Earlier successful runs that it takes to say what is usual. */
const enoughEarlier = 10;
/** From this factor on, and by at least this many ms, runs are slower than usual. */
const slowerFactor = 2;
const slowerByMs = 1000;
/** Latest runs in which recoveries are counted, and how many make a task flaky. */
/** Failures without a success that it takes to say that a task always fails. */
const enoughFailures = 3;
const flakyRuns = 30;
const flakyRecoveries = 3;
/** A log with less than this share of the usual bytes is short, if the usual log has at least this many bytes. */
const shortShare = 0.2;
const leastUsualBytes = 500;

/** What the hints need of a run. */
type HintedRun = Omit<FiguredRun, 'doubt'>;

export interface HintFacts {
  /** Newest first. */
  readonly runs: readonly HintedRun[];
  /** True if the task has never run, runs that were deleted since included. */
  readonly hasNeverRun: boolean;
  /** The first slot that has passed since the task was armed, an ISO instant; null if none has. */
  readonly firstPassedSlot: string | null;
}

/** Returns what about the runs of a task is unusual although nothing may have failed. */
export function runHints({ runs, hasNeverRun, firstPassedSlot }: HintFacts): RunHint[] {
  if (hasNeverRun) return firstPassedSlot === null ? [] : [{ kind: 'never-ran', since: firstPassedSlot }];
  const counted = runs.filter(isCounted);
  return [alwaysFailsHint(counted), slowerHint(counted), flakyHint(counted), shortLogHint(counted)].filter(
    (hint) => hint !== null,
  );
}

function alwaysFailsHint(counted: readonly HintedRun[]): RunHint | null {
  const [newest] = counted;
  if (newest === undefined || counted.length < enoughFailures) return null;
  if (counted.some(({ status }) => status === 'success')) return null;
  return { kind: 'always-fails', executionId: newest.executionId, runs: counted.length };
}

function slowerHint(counted: readonly HintedRun[]): RunHint | null {
  const durations = successDurations(counted);
  const earlier = durations.slice(recentRuns);
  const [recentMs, usualMs] = [median(durations.slice(0, recentRuns)), median(earlier)];
  if (recentMs === null || usualMs === null || earlier.length < enoughEarlier) return null;
  if (recentMs < slowerFactor * usualMs || recentMs - usualMs < slowerByMs) return null;
  // A usual duration of 0 ms has no multiple.
  const factor = recentMs / Math.max(1, usualMs);
  return { kind: 'slower', factor, recentMs, usualMs, recentRuns, earlierRuns: earlier.length };
}

function flakyHint(counted: readonly HintedRun[]): RunHint | null {
  const latest = counted.slice(0, flakyRuns);
  // Newest first: a recovery is a success whose run before it failed.
  const recoveries = latest.filter(
    ({ status }, index) =>
      status === 'success' && latest[index + 1] !== undefined && latest[index + 1]?.status !== 'success',
  ).length;
  return recoveries < flakyRecoveries ? null : { kind: 'flaky', recoveries, runs: latest.length };
}

function shortLogHint(counted: readonly HintedRun[]): RunHint | null {
  const [newest] = counted;
  if (newest?.status !== 'success') return null;
  const earlier = counted.slice(1).filter(({ status }) => status === 'success');
  const usualBytes = median(earlier.map(({ logBytes }) => logBytes));
  if (usualBytes === null || earlier.length < enoughEarlier || usualBytes < leastUsualBytes) return null;
  if (newest.logBytes >= shortShare * usualBytes) return null;
  const { executionId, logBytes } = newest;
  return {
    kind: 'short-log',
    executionId,
    bytes: logBytes,
    usualBytes: Math.round(usualBytes),
    earlierRuns: earlier.length,
  };
}
