import Ajv, { type ErrorObject, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
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
  const ajv = new Ajv({ allErrors: true, strict: false, validateSchema: false, meta: false, logger: false });
  addFormats(ajv);
  const { $schema: _dialect, ...rest } = schema;
  const check = compiled(ajv, rest);
  if (check === null) return () => [];
  return (parameters) => {
    if (check(parameters)) return [];
    return (check.errors ?? []).filter(({ instancePath }) => !isTaken(parameters, instancePath)).map(sentence);
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

function sentence({ instancePath, keyword, message: own, params }: ErrorObject): string {
  const field = instancePath.slice(1).replaceAll('/', '.');
  const extra = 'additionalProperty' in params ? ` ("${String(params['additionalProperty'])}")` : '';
  const allowed = 'allowedValues' in params ? `: ${JSON.stringify(params['allowedValues'])}` : '';
  const types = keyword === 'type' ? [params['type'] as string | string[]].flat() : [];
  const message = types.length > 0 ? `must be ${types.map((type) => typeNames[type] ?? type).join(' or ')}` : own;
  return `${field === '' ? 'parameters' : `parameters.${field}`} ${message ?? 'do not fit'}${extra}${allowed}`;
}
