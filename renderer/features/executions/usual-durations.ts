import type { Execution } from '../../../main/contract/execution.ts';

/** Number of successful runs needed to say what is usual. */
const ENOUGH = 3;

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
    const middle = values.sort((a, b) => a - b)[Math.floor(values.length / 2)];
    if (values.length >= ENOUGH && middle !== undefined) usual.set(taskId, middle);
  }
  return usual;
}
