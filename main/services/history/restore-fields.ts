import type { Task } from '../../contract/task.ts';
import type { FieldDifference } from '../../contract/history.ts';
import { fieldGroups, isRecord, nestedField } from './differences.ts';

/** Writes the earlier value of each field into `task`, but not the schedule: the caller moves the task to its group. */
export function restoreFields(task: Task, changed: readonly FieldDifference[]): void {
  for (const { field, before } of changed) {
    if (field === 'schedule') continue;
    const nested = nestedField(field);
    if (field === 'state') restoreState(task, before);
    else if (nested !== null) restoreNested(task, nested, before);
    else setOrDelete(task, field, before);
  }
}

function restoreState(task: Task, before: unknown): void {
  const values = isRecord(before) ? before : {};
  for (const field of fieldGroups.state) setOrDelete(task, field, values[field] ?? null);
}

/** `policies` and `env` are removed with their last field, because a task without any is stored without them. */
function restoreNested(task: Task, { field, name }: { field: string; name: string }, before: unknown): void {
  const present = task[field];
  const nested = { ...(isRecord(present) ? present : {}) };
  setOrDelete(nested, name, before);
  setOrDelete(task, field, Object.keys(nested).length === 0 ? null : nested);
}

function setOrDelete(target: Record<string, unknown>, field: string, value: unknown): void {
  if (value === null) delete target[field];
  else target[field] = value;
}
