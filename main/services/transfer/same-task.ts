import { isDeepStrictEqual } from 'node:util';
import type { Task } from '../../contract/task.ts';

/** Where a task is and since when: no part of what a person defined. */
const bookkeeping = new Set(['id', 'timingId', 'createdAt', 'updatedAt', 'armedAt', 'errorMessage', 'skipUntil']);
const state = new Set(['status', 'pausedUntil', 'pauseNote']);

/** The fields in which two tasks differ, `status` among them where one runs and the other does not. */
export function differingFields(one: Task, other: Task): string[] {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].filter(
    (name) => !bookkeeping.has(name) && !isDeepStrictEqual(one[name] ?? null, other[name] ?? null),
  );
}

/**
 * True where two tasks run the same at the same times, whatever their state and the words around it: what an import
 * of the same file finds the second time.
 */
export function sameWork(one: Task, other: Task): boolean {
  return differingFields(one, other).every((name) => state.has(name) || name === 'description' || name === 'tags');
}
