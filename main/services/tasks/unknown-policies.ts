import { policiesSchema, type Policies } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { unknownFields, type UnknownField } from './unknown-fields.ts';

/**
 * Refuses policies that do not exist: saved in silence, they would have no effect. Fields that the stored task already
 * has are accepted, because a newer version may have written them.
 * @param stored the policies of the task before the change
 * @throws SchedulerError `task/invalid` with details.fields.
 */
export function assertKnownPolicies(given: Policies | null | undefined, stored: Policies = {}): void {
  if (given === null || given === undefined) return;
  const known = new Set(unknownFields(policiesSchema, stored).map(nameOf));
  const problems = unknownFields(policiesSchema, given)
    .filter((field) => !known.has(nameOf(field)))
    .map((field) => ({ field: nameOf(field), message: messageOf(field) }));
  if (problems.length === 0) return;
  const text = problems.map(({ field, message }) => `${field} ${message}`).join(' ');
  throw new SchedulerError('task/invalid', `The task cannot be saved: ${text}`, { fields: problems });
}

const nameOf = ({ path }: UnknownField): string => ['policies', ...path].join('.');

function messageOf({ path, meant, fields }: UnknownField): string {
  const hint = meant === null ? '' : ` Did you mean ${meant}?`;
  return `does not exist.${hint} ${['policies', ...path.slice(0, -1)].join('.')} has ${fields.join(', ')}.`;
}
