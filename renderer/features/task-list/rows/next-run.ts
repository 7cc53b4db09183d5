import type { TaskView, TimingView } from '../../../../main/contract/task.ts';

/**
 * Returns the next slot that will run, without slots that the person chose to skip; undefined if the task rests or has
 * none. The list of the next runs was computed earlier, so its first ones may have passed.
 */
export function shownNextRun(
  { status, skipUntil }: Pick<TaskView, 'status' | 'skipUntil'>,
  timing: Pick<TimingView, 'nextRuns'> | undefined,
  now: number,
): string | undefined {
  if (status !== 'active') return undefined;
  const from = Math.max(now, skipUntil === undefined ? 0 : Date.parse(skipUntil));
  return timing?.nextRuns.find((run) => Date.parse(run) > from);
}
