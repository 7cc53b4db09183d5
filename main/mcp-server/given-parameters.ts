import { z } from 'zod';
import { builtIns } from '../contract/built-in/built-ins.ts';
import { SchedulerError } from '../domain/errors.ts';
import { closestField } from '../domain/words/closest.ts';
import { newPolicies } from './policies.ts';

interface Problem {
  readonly field: string;
  readonly message: string;
}

type Fields = Readonly<Record<string, unknown>>;

/**
 * Reads what a client sent. An object or a list that was sent as JSON text is accepted: some models do that.
 * @throws SchedulerError `usage/invalid-parameters`: names each field, what is wrong and what would be right.
 */
export function readParameters<I extends z.ZodObject>(
  { name, input }: { readonly name: string; readonly input: I },
  given: unknown,
): z.output<I> {
  const parsed = input.safeParse(withoutJsonText(given ?? {}, input));
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.flatMap((issue) => problemsOf(issue, input));
  const told = problems.map(({ field, message }) => (field === '' ? message : `${field} ${message}`)).join('; ');
  const known = Object.keys(input.shape);
  throw new SchedulerError(
    'usage/invalid-parameters',
    `Invalid parameters for schedule:${name}: ${told}. It accepts ${known.length === 0 ? 'no parameters' : known.join(', ')}.`,
    { problems, known },
  );
}

/** Returns the required parameters that are missing, if each of them is text and nothing else is wrong: a person can add them. */
export function missingTexts(input: z.ZodObject, given: unknown): string[] {
  const { error } = input.safeParse(withoutJsonText(given ?? {}, input));
  const issues = error?.issues ?? [];
  const isMissing = issues.every(
    (issue) =>
      issue.code === 'invalid_type' &&
      issue.expected === 'string' &&
      issue.path.length === 1 &&
      issue.message.endsWith('received undefined'),
  );
  return isMissing ? issues.map(({ path }) => String(path[0])) : [];
}

function withoutJsonText(given: unknown, { shape }: z.ZodObject): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(
    Object.entries(withOwnNames(given as Fields, shape)).map(([name, value]) => [
      name,
      parsedText(value, fieldOf(shape, name)),
    ]),
  );
}

/** What models call a parameter at their first try, as the evals counted it. */
const otherNames: Readonly<Record<string, readonly string[]>> = {
  job_id: ['task_id', 'taskId', 'jobId', 'task', 'job', 'id', 'name'],
  execution_id: ['executionId', 'run_id', 'runId', 'id'],
  schedule: ['cron', 'cronExpression', 'cron_expression'],
  timezone: ['tz', 'timeZone', 'time_zone'],
  parameters: ['params', 'arguments'],
  workingDirectory: ['cwd', 'working_directory'],
  maxExecutions: ['max_runs', 'maxRuns', 'max_executions'],
};

/**
 * Returns the parameters under our names. Another name counts only if the tool has no parameter of that name, ours is
 * missing, and it is the only such name: nothing is guessed between two.
 */
function withOwnNames(given: Fields, shape: Fields): Fields {
  const renamed: Record<string, unknown> = { ...given };
  for (const [name, others] of Object.entries(otherNames)) {
    if (!Object.hasOwn(shape, name) || Object.hasOwn(given, name)) continue;
    const found = others.filter((other) => Object.hasOwn(renamed, other) && !Object.hasOwn(shape, other));
    const [other] = found;
    if (other === undefined || found.length > 1) continue;
    renamed[name] = renamed[other];
    delete renamed[other];
  }
  return renamed;
}

function parsedText(value: unknown, field: z.ZodType | null): unknown {
  if (typeof value !== 'string' || field === null || !/^\s*[{[]/.test(value)) return value;
  if (field.safeParse(value).success) return value;
  try {
    return JSON.parse(value) as unknown;
  } catch {
    // The check of the field says that it is text where an object belongs.
    return value;
  }
}

const fieldOf = (shape: Fields, name: string): z.ZodType | null =>
  Object.hasOwn(shape, name) ? (shape[name] as z.ZodType) : null;

function problemsOf(issue: z.core.$ZodIssue, { shape }: z.ZodObject): Problem[] {
  const field = issue.path.join('.');
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => unknownField(key, field, issue.path, shape));
  }
  if (issue.code === 'invalid_value') return [{ field, message: `must be ${choices(issue.values)}` }];
  if (issue.code === 'too_big' && issue.origin === 'number')
    return [{ field, message: `must be at most ${issue.maximum}` }];
  if (issue.code !== 'invalid_type') return [{ field, message: `is not valid: ${issue.message}` }];
  const [, received = ''] = /received (\w+)$/.exec(issue.message) ?? [];
  if (received === 'undefined') return [{ field, message: 'is required' }];
  const kind = received === '' ? '' : `, not ${words[received] ?? received}`;
  return [{ field, message: `must be ${words[issue.expected] ?? issue.expected}${kind}` }];
}

const choices = (values: readonly unknown[]): string => values.map((value) => JSON.stringify(value)).join(' or ');

/** The types of values in ordinary words. */
const words: Readonly<Record<string, string>> = {
  ...{ string: 'text', number: 'a number', int: 'a whole number', boolean: 'true or false' },
  ...{ object: 'an object', record: 'an object', array: 'a list', null: 'null' },
};

function unknownField(key: string, parent: string, path: readonly PropertyKey[], shape: Fields): Problem {
  const field = parent === '' ? key : `${parent}.${key}`;
  const place = parent === '' && placeOf(key, shape);
  if (typeof place === 'string') return { field, message: `belongs inside ${place}: {"${place}": {"${key}": …}}` };
  const known = fieldsAt(shape, path);
  const meant = closestField(key, known);
  const list = parent === '' || known.length === 0 ? '' : ` (${parent} has ${known.join(', ')})`;
  return { field, message: `does not exist${meant === null ? '' : `; did you mean ${meant}?`}${list}` };
}

/** Returns the parameter into which a field belongs that was given beside it; null if there is none. */
function placeOf(key: string, shape: Fields): string | null {
  const isOfTool = Object.values(builtIns).some(({ inputSchema }) => Object.hasOwn(inputSchema.properties, key));
  if ('parameters' in shape && isOfTool) return 'parameters';
  return 'policies' in shape && Object.hasOwn(newPolicies.shape, key) ? 'policies' : null;
}

/** Returns the names of the fields at a place; empty if it is no object with known fields. */
function fieldsAt(shape: Fields, path: readonly PropertyKey[]): string[] {
  let fields: Fields = shape;
  for (const step of path) {
    const inner = unwrapped(fields[String(step)]);
    if (inner === null) return [];
    fields = inner;
  }
  return Object.keys(fields);
}

function unwrapped(schema: unknown): Fields | null {
  if (schema instanceof z.ZodObject) return schema.shape;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodNullable ? unwrapped(schema.unwrap()) : null;
}
