import type { Task } from '../../contract/task.ts';
import type { RunState } from '../../ports/ledger/run-state.ts';
import type { ComingRuns } from '../schedule/coming-runs.ts';
import type { HintFacts } from './figures/run-hints.ts';

/** Returns whether a task has never run, and for an active one the first slot that it let pass. */
export function neverRan(
  task: Task,
  state: RunState | undefined,
  nowMs: number,
  coming: Pick<ComingRuns, 'ofTask'>,
): Omit<HintFacts, 'runs'> {
  const hasNeverRun = state === undefined || state.lastExecutionId === null;
  if (!hasNeverRun || task.status !== 'active') return { hasNeverRun, firstPassedSlot: null };
  const [first] = coming.ofTask(task, Date.parse(task.armedAt ?? task.createdAt), 1);
  const hasPassed = first !== undefined && first <= nowMs;
  return { hasNeverRun, firstPassedSlot: hasPassed ? new Date(first).toISOString() : null };
}
