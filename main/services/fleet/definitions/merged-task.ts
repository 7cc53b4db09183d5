import type { Task } from '../../../contract/task.ts';
import { sharedFields, type SignedContent } from '../../../domain/fleet/definition.ts';

/** Returns the task with the fields of the fleet, and those that belong to this machine. */
export function mergedTask(
  current: Task | null,
  { fleetId, revision, author, runsOn, task, taskId }: SignedContent,
  now: string,
): Task {
  if (task === null || runsOn === null) throw new TypeError('A definition without a task cannot be merged.');
  const merged: Task = {
    ...structuredClone(current ?? { id: taskId, timingId: '' }),
    ...structuredClone(task),
    id: taskId,
  };
  for (const field of sharedFields) if (task[field] === undefined) delete (merged as Record<string, unknown>)[field];
  merged.timingId = current?.timingId ?? '';
  const isSameSchedule = current !== null && scheduleOf(current) === scheduleOf(merged);
  const isOver = current?.status === 'completed' || current?.status === 'error';
  if (isOver && isSameSchedule && merged.status === 'active') merged.status = current.status;
  const begins = merged.status === 'active' && current?.status !== 'active';
  if (!isSameSchedule || begins) merged.armedAt = now;
  merged.updatedAt = now;
  merged.shared = { fleetId, revision, runsOn, author };
  return merged;
}

const scheduleOf = ({ cronExpression, timezone, runAt, scheduleRule }: Task): string =>
  JSON.stringify([cronExpression, timezone, runAt, scheduleRule]);
