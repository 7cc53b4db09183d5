import type { TaskView, TimingView } from '../../../../main/contract/task.ts';

/**
 * Returns the next slot that will run, without slots that the person chose to skip or before its start; undefined if the task rests or has
 * none. The list of the next runs was computed earlier, so its first ones may have passed.
 */
export function shownNextRun(
  { status, skipUntil, startDate, nextRuns }: Pick<TaskView, 'status' | 'skipUntil' | 'startDate' | 'nextRuns'>,
  timing: Pick<TimingView, 'nextRuns'> | undefined,
  now: number,
): string | undefined {
  if (status !== 'active') return undefined;
  const from = Math.max(now, skipUntil === undefined ? 0 : Date.parse(skipUntil));
  const runs = nextRuns ?? timing?.nextRuns;
  const run = runs?.find((each) => Date.parse(each) > from && each >= (startDate ?? ''));
  // The group's next runs end long before a start that is far away.
  if (nextRuns !== undefined) return run;
  return run ?? (startDate !== undefined && Date.parse(startDate) > now ? startDate : undefined);
}
