import { isDeepStrictEqual } from 'node:util';
import type { FieldDifference } from '../../contract/history.ts';

/** The recorded state of a task, or of anything else on record. */
export type Recorded = Readonly<Record<string, unknown>>;

/** Fields that have a meaning only together: shown and restored together. */
export const fieldGroups = {
  schedule: ['cronExpression', 'timezone', 'runAt', 'scheduleRule'],
  state: ['status', 'pausedUntil', 'pauseNote', 'errorMessage'],
} as const;

/** Fields whose own fields change independently. */
const nested = ['policies', 'env'];
/** Not compared: identity, what follows from other fields or the clock, and unknown fields named like a group. */
const leftAlone = ['id', 'timingId', 'createdAt', 'updatedAt', 'armedAt', ...Object.keys(fieldGroups)];

/** Returns the differences between two states of a task, in the order of its fields. Null means "did not exist". */
export function differences(before: Recorded | null, after: Recorded | null): FieldDifference[] {
  const [old, now] = [unitsOf(before), unitsOf(after)];
  const fields = new Set([...Object.keys(old), ...Object.keys(now)]);
  return [...fields].flatMap((field) => {
    const [was, is] = [old[field] ?? null, now[field] ?? null];
    return isDeepStrictEqual(was, is) ? [] : [{ field, before: was, after: is }];
  });
}

/** Returns the value of a field of `differences` in a task; null if it is not set. */
export function unitOf(task: Recorded, field: string): unknown {
  return unitsOf(task)[field] ?? null;
}

function unitsOf(task: Recorded | null): Record<string, unknown> {
  const units: Record<string, unknown> = {};
  for (const [field, value] of Object.entries(task ?? {})) {
    if (leftAlone.includes(field) || value === undefined) continue;
    const group = groupOf(field);
    if (group !== null) {
      units[group] = { ...asRecord(units[group]), [field]: value };
    } else if (nested.includes(field) && isRecord(value)) {
      for (const [name, inner] of Object.entries(value)) units[`${field}.${name}`] = inner;
    } else {
      units[field] = value;
    }
  }
  return units;
}

/** Splits `policies.overlap` into field and name. Null for a field of the task itself. */
export function nestedField(unit: string): { readonly field: string; readonly name: string } | null {
  const field = nested.find((candidate) => unit.startsWith(`${candidate}.`));
  return field === undefined ? null : { field, name: unit.slice(field.length + 1) };
}

function groupOf(field: string): keyof typeof fieldGroups | null {
  if ((fieldGroups.schedule as readonly string[]).includes(field)) return 'schedule';
  return (fieldGroups.state as readonly string[]).includes(field) ? 'state' : null;
}

function asRecord(value: unknown): Recorded {
  return isRecord(value) ? value : {};
}

/** True for a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
