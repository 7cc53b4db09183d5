import { isReference } from '../follow-up/references.ts';
import type { Change } from './change.ts';

/** The fields of a change that a parameter can take: `{"$from": "/change/diff"}`. */
const changeFields = ['previous', 'current', 'diff'] as const;
type ChangeField = (typeof changeFields)[number];

/** A place in a task's parameters that takes a value of the change. */
export interface ChangePlace {
  /** From the outside to the inside; the index of an item of a list as text. */
  readonly keys: readonly string[];
  readonly field: ChangeField;
}

type Parameters = Readonly<Record<string, unknown>>;

/** Returns why a pointer to the change can never find anything, with what would be right; null if it can. */
export function changePointerProblem(pointer: string): string | null {
  if (fieldOf(pointer) !== null) return null;
  return `"${pointer}" must be one of ${changeFields.map((field) => `/change/${field}`).join(', ')}`;
}

/**
 * Returns where parameters take values of the change. Read from the parameters as they are stored: what a run before
 * answered is data, and never a reference.
 */
export function changePlaces(value: unknown, keys: readonly string[] = []): ChangePlace[] {
  if (isReference(value)) {
    const field = fieldOf(value.$from);
    return field === null ? [] : [{ keys, field }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => changePlaces(item, [...keys, key]));
}

/** Returns the parameters with the values of the change at these places. */
export function withChange(parameters: Parameters, places: readonly ChangePlace[], change: Change): Parameters {
  const filled = structuredClone(parameters) as Record<string, unknown>;
  for (const { keys, field } of places) {
    const last = keys.at(-1);
    const parent = keys.slice(0, -1).reduce<unknown>((value, key) => (value as Parameters)[key], filled);
    if (last !== undefined) (parent as Record<string, unknown>)[last] = change[field];
  }
  return filled;
}

function fieldOf(pointer: string): ChangeField | null {
  return changeFields.find((field) => pointer === `/change/${field}`) ?? null;
}
