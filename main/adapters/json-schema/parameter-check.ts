import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { closest } from '../../domain/words/closest.ts';
import { isReference } from '../../domain/follow-up/references.ts';

/**
 * Returns the problems of `parameters` against a JSON schema, each naming the field; empty if they fit. Ignores unknown
 * keywords and formats: the schema is the server's, and the server itself checks again.
 */
export function parameterProblems(schema: Readonly<Record<string, unknown>>, parameters: unknown): string[] {
  return parameterCheck(schema)(parameters);
}

/**
 * The same for many parameters: most of the time goes into reading the schema. A schema that cannot be read finds no
 * problems, because only the server knows what it means.
 */
export function parameterCheck(schema: Readonly<Record<string, unknown>>): (parameters: unknown) => string[] {
  const ajv = new Ajv({
    allErrors: true,
    strict: false,
    validateSchema: false,
    meta: false,
    logger: false,
    verbose: true,
  });
  addFormats(ajv);
  const { $schema: _dialect, ...rest } = schema;
  const check = compiled(ajv, rest);
  if (check === null) return () => [];
  return (parameters) => {
    if (check(parameters)) return [];
    const errors = (check.errors ?? []).filter(({ instancePath }) => !isTaken(parameters, instancePath));
    const isOfChoice = (error: ErrorObject): boolean =>
      errors.some((whole) => choiceOf(whole) !== null && error.schemaPath.startsWith(`${whole.schemaPath}/`));
    return errors.filter((error) => !isOfChoice(error)).map(sentence);
  };
}

/** Returns whether the value at a JSON pointer is taken from another run, so that its type is not known yet. */
function isTaken(parameters: unknown, pointer: string): boolean {
  let value = parameters;
  for (const part of pointer.split('/').slice(1)) {
    if (isReference(value)) return true;
    value = (value as Record<string, unknown> | undefined)?.[part.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return isReference(value);
}

function compiled(ajv: Ajv, schema: Readonly<Record<string, unknown>>): ValidateFunction | null {
  try {
    return ajv.compile(schema);
  } catch {
    // Ajv throws plain errors for what it cannot read, such as an unknown type.
    return null;
  }
}

/** What people call the types of JSON schemas. */
const typeNames: Readonly<Record<string, string>> = {
  array: 'an array',
  boolean: 'true or false',
  integer: 'a whole number',
  null: 'null',
  number: 'a number',
  object: 'an object',
  string: 'a string',
};

/** Returns the names of which exactly one, or at least one, must be given; null for any other problem. */
function choiceOf({ keyword, schema }: ErrorObject): string[] | null {
  if ((keyword !== 'oneOf' && keyword !== 'anyOf') || !Array.isArray(schema)) return null;
  const names = schema.map((choice: unknown) => {
    const { required, ...more } = (choice ?? {}) as { readonly required?: unknown };
    const isName = Array.isArray(required) && required.length === 1 && Object.keys(more).length === 0;
    return isName && typeof required[0] === 'string' ? required[0] : null;
  });
  return names.every((name) => name !== null) ? names : null;
}

/** Returns what to write instead of a parameter that does not exist. */
function unknownField({ params, parentSchema }: ErrorObject): string {
  const name = String(params['additionalProperty']);
  const known = Object.keys((parentSchema?.['properties'] ?? {}) as object);
  const near = closest(name, known);
  const help = near !== null ? ` Did you mean "${near}"?` : known.length > 0 ? ` Known are ${known.join(', ')}.` : '';
  return `has no field "${name}".${help}`;
}

function sentence(error: ErrorObject): string {
  const { instancePath, keyword } = error;
  const place = instancePath === '' ? 'parameters' : `parameters.${instancePath.slice(1).replaceAll('/', '.')}`;
  const choice = choiceOf(error);
  if (choice !== null)
    return `${place} must have ${keyword === 'oneOf' ? 'exactly' : 'at least'} one of ${choice.join(' and ')}`;
  if (keyword === 'additionalProperties') return `${place} ${unknownField(error)}`.replace(/\.$/, '');
  if (keyword === 'required') return `${place} needs "${String(error.params['missingProperty'])}"`;
  return valueProblem(error, place);
}

function valueProblem({ keyword, message: own, params }: ErrorObject, place: string): string {
  const allowed = 'allowedValues' in params ? `: ${JSON.stringify(params['allowedValues'])}` : '';
  const types = keyword === 'type' ? [params['type'] as string | string[]].flat() : [];
  const message = types.length > 0 ? `must be ${types.map((type) => typeNames[type] ?? type).join(' or ')}` : own;
  return `${place} ${message ?? 'does not fit'}${allowed}`;
}
