import type { Execution } from '../../../main/contract/execution.ts';
import { medianDuration } from '../../../main/contract/median-duration.ts';

/** Returns the median duration in ms of the successful runs by task id. Tasks with too few runs are left out. */
export function usualDurations(executions: readonly Execution[]): ReadonlyMap<string, number> {
  const durations = new Map<string, number[]>();
  for (const { taskId, status, duration } of executions) {
    if (status !== 'success' || duration === null) continue;
    const known = durations.get(taskId);
    if (known) known.push(duration);
    else durations.set(taskId, [duration]);
  }
  const usual = new Map<string, number>();
  for (const [taskId, values] of durations) {
    const duration = medianDuration(values);
    if (duration !== null) usual.set(taskId, duration);
  }
  return usual;
}
