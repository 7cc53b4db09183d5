import { isDeepStrictEqual } from 'node:util';
import { taskSchema, type Task } from '../../contract/task.ts';

/** Fields that say where a task is and since when; not part of its definition. */
const bookkeeping = new Set(['id', 'timingId', 'createdAt', 'updatedAt', 'armedAt', 'errorMessage', 'skipUntil']);
const state = new Set(['status', 'pausedUntil', 'pauseNote']);

/** True for a field that says whether a task runs at present, not what it runs. */
export const isState = (field: string): boolean => state.has(field);

/** Fields that this version knows; an import takes over no others. */
const known: ReadonlySet<string> = new Set(Object.keys(taskSchema.shape));

/** Returns the fields in which two tasks differ, with `status` if one is active and the other is not. */
export function differingFields(one: Task, other: Task): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter(
    (name) => known.has(name) && !bookkeeping.has(name) && !isDeepStrictEqual(one[name] ?? null, other[name] ?? null),
  );
}

/**
 * True if two tasks run the same at the same times, whatever their state, name and description. A second import of the
 * same file finds such tasks.
 */
export function sameWork(one: Task, other: Task): boolean {
  return differingFields(one, other).every((name) => state.has(name) || name === 'description' || name === 'tags');
}
