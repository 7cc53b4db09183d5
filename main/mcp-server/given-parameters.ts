import { z } from 'zod';
import { builtIns } from '../contract/built-in/tools.ts';
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

function withoutJsonText(given: unknown, { shape }: z.ZodObject): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  return Object.fromEntries(
    Object.entries(given as Fields).map(([name, value]) => [name, parsedText(value, fieldOf(shape, name))]),
  );
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
  if (issue.code !== 'invalid_type') return [{ field, message: `is not valid: ${issue.message}` }];
  const [, received = ''] = /received (\w+)$/.exec(issue.message) ?? [];
  if (received === 'undefined') return [{ field, message: 'is required' }];
  const kind = received === '' ? '' : `, not ${words[received] ?? received}`;
  return [{ field, message: `must be ${words[issue.expected] ?? issue.expected}${kind}` }];
}

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
