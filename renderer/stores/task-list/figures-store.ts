import { createStore } from 'zustand/vanilla';
import type { RecentRun, RunFigures } from '../../../main/contract/recent-runs.ts';
import type { TaskView } from '../../../main/contract/task.ts';

/** The figures of a task, as of a state of its runs. */
export interface KnownFigures extends Pick<RunFigures, 'usualMs' | 'successRate'> {
  /** Tells when the figures are out of date; see `runsKey`. */
  readonly key: string;
  /** The latest runs, newest first; null if only the figures were fetched. */
  readonly runs: readonly RecentRun[] | null;
}

export interface FiguresState {
  readonly known: ReadonlyMap<string, KnownFigures>;
  /** Why the last fetch failed; null otherwise. */
  readonly failure: string | null;
}

export const createFiguresStore = () => createStore<FiguresState>(() => ({ known: new Map(), failure: null }));
export type FiguresStore = ReturnType<typeof createFiguresStore>;

/** Returns a text that changes whenever a run of the task starts or ends. */
export const runsKey = (task: TaskView): string =>
  [task.lastExecutionId, task.lastStatus, task.running, task.executionCount].join(' ');
