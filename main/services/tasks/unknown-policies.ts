import { policiesSchema, type Policies } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { closestField } from '../../domain/words/closest.ts';

interface FieldProblem {
  readonly field: string;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

const { shape } = policiesSchema;
const known = Object.keys(shape);
/** The policies that are objects, with their fields. */
const nested = {
  retries: Object.keys(shape.retries.unwrap().shape),
  conditions: Object.keys(shape.conditions.unwrap().shape),
  calendars: Object.keys(shape.calendars.unwrap().shape),
  budget: Object.keys(shape.budget.unwrap().shape),
} as const;
const budgetPeriods = ['perDay', 'perMonth'] as const;
const budgetFields = Object.keys(shape.budget.unwrap().shape.perDay.unwrap().shape);
const chainFields = Object.keys(shape.after.unwrap().element.shape);

/**
 * Refuses policies that do not exist: saved in silence, they would have no effect. Fields that the stored task already
 * has are accepted, because a newer version may have written them.
 * @param stored the policies of the task before the change
 * @throws SchedulerError `task/invalid` with details.fields.
 */
export function assertKnownPolicies(given: Policies | null | undefined, stored: Policies = {}): void {
  if (given === null || given === undefined) return;
  const problems = [
    ...unknownIn('policies', given, known, stored),
    ...Object.entries(nested).flatMap(([name, fields]) =>
      unknownIn(`policies.${name}`, recordOf(given[name]), fields, recordOf(stored[name])),
    ),
    ...budgetPeriods.flatMap((period) =>
      unknownIn(`policies.budget.${period}`, given.budget?.[period] ?? {}, budgetFields, stored.budget?.[period] ?? {}),
    ),
    ...(given.after ?? []).flatMap((chain, index) =>
      unknownIn(`policies.after.${index}`, chain, chainFields, recordOf(stored.after?.[index])),
    ),
  ];
  if (problems.length === 0) return;
  const text = problems.map(({ field, message }) => `${field} ${message}`).join(' ');
  throw new SchedulerError('task/invalid', `The task cannot be saved: ${text}`, { fields: problems });
}

function unknownIn(place: string, given: Fields, fields: readonly string[], stored: Fields): FieldProblem[] {
  return Object.keys(given)
    .filter((name) => given[name] !== undefined && !fields.includes(name) && !Object.hasOwn(stored, name))
    .map((name) => {
      const meant = closestField(name, fields);
      const hint = meant === null ? '' : ` Did you mean ${meant}?`;
      return { field: `${place}.${name}`, message: `does not exist.${hint} ${place} has ${fields.join(', ')}.` };
    });
}

const recordOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
