import type { Strip, StripRun } from '../../../main/contract/task-report.ts';
import { isFailure } from '../../ui/failure.ts';

/** How a run is drawn. Each has a colour, and a sign below its bar, because colour alone says nothing to many people. */
export type MarkTone = 'good' | 'bad' | 'timeout' | 'interrupted' | 'doubtful' | 'quiet' | 'running';

/** A run that takes more than this many times the median fills the height; its bar is cut, so that others stay visible. */
const cutAt = 4;
/** Least share of the height, so that a run of a millisecond is a mark that can be clicked. */
const leastShare = 0.06;

export interface BarSize {
  /** Share of the height, 0 to 1. */
  readonly share: number;
  /** True if the bar would be higher than there is room. */
  readonly isCut: boolean;
}

/** Returns the size of the bar of each run by its id. @param now in ms, for runs that have not ended */
export function barSizes(strip: Strip, now: number): ReadonlyMap<string, BarSize> {
  const runs = strip.filter((entry) => entry.kind === 'run');
  const lengths = runs.map((run) => lengthOf(run, now));
  const sorted = lengths.toSorted((left, right) => left - right);
  const longest = sorted.at(-1) ?? 0;
  const middle = sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
  // Without a usual duration there is nothing to compare with, and the longest run sets the scale.
  const top = middle > 0 ? Math.min(longest, cutAt * middle) : longest;
  return new Map(
    runs.map((run, index) => {
      const length = lengths[index] ?? 0;
      const share = top === 0 ? leastShare : Math.min(1, Math.max(leastShare, length / top));
      return [run.executionId, { share, isCut: length > top }];
    }),
  );
}

/** Returns how long a run took, or takes so far, in ms. */
export const lengthOf = (run: Pick<StripRun, 'duration' | 'startedAt' | 'status'>, now: number): number =>
  run.duration ?? (run.status === 'running' ? Math.max(0, now - Date.parse(run.startedAt)) : 0);

export function toneOf({ status, doubtful }: Pick<StripRun, 'status' | 'doubtful'>): MarkTone {
  if (status === 'running' || status === 'timeout' || status === 'interrupted') return status;
  if (isFailure(status)) return 'bad';
  if (status !== 'success') return 'quiet';
  return doubtful ? 'doubtful' : 'good';
}
