import type { Execution } from '../../../main/contract/execution.ts';

/** Fewer finished runs than this say nothing about what is usual. */
const ENOUGH = 3;

/** The median duration in ms of each task's successful runs, by task id. Absent where too few are known. */
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
