/** The subset of JSON Schema that describes the parameters of built-in tools. `fitsSchema` supports all of it. */
interface ValueSchema {
  readonly description?: string;
  readonly type?: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  readonly enum?: readonly string[];
  readonly minLength?: number;
  readonly pattern?: string;
  readonly items?: ValueSchema;
  readonly minItems?: number;
  /** The schema of each value of an object with arbitrary names. */
  readonly additionalProperties?: ValueSchema;
  readonly anyOf?: readonly ValueSchema[];
}

/** The schema of a tool's parameters: an object with known property names. */
export interface ParametersSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, ValueSchema>>;
  readonly required?: readonly string[];
  /** Exactly one of these groups must be given. */
  readonly oneOf?: readonly { readonly required: readonly string[] }[];
  readonly additionalProperties: false;
}

/**
 * Returns whether parameters fit the schema, with the same result as a JSON Schema validator. Loading a validator takes
 * a tenth of the time of `create`, so it is loaded only to explain why parameters do not fit.
 */
export function fitsSchema(schema: ParametersSchema, parameters: Readonly<Record<string, unknown>>): boolean {
  const { properties, required = [], oneOf } = schema;
  const has = (name: string): boolean => Object.hasOwn(parameters, name) && parameters[name] !== undefined;
  const hasAll = (names: readonly string[]): boolean => names.every(has);
  if (!hasAll(required)) return false;
  if (oneOf !== undefined && oneOf.filter((group) => hasAll(group.required)).length !== 1) return false;
  return Object.entries(parameters).every(([name, value]) => {
    const property = Object.hasOwn(properties, name) ? properties[name] : undefined;
    return property !== undefined && (value === undefined || fitsValue(property, value));
  });
}

type Keywords = Required<ValueSchema>;

const types: Readonly<Record<Keywords['type'], (value: unknown) => boolean>> = {
  string: (value) => typeof value === 'string',
  integer: (value) => Number.isInteger(value),
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  array: (value) => Array.isArray(value),
  object: (value) => isObject(value),
};

/** One check for each keyword. As in JSON Schema, a keyword does not restrict values of other types. */
const checks: { readonly [K in keyof Keywords]: (given: Keywords[K], value: unknown) => boolean } = {
  description: () => true,
  type: (type, value) => types[type](value),
  enum: (choices, value) => choices.some((choice) => choice === value),
  minLength: (least, value) => typeof value !== 'string' || [...value].length >= least,
  pattern: (pattern, value) => typeof value !== 'string' || new RegExp(pattern, 'u').test(value),
  items: (item, value) => !Array.isArray(value) || value.every((each) => fitsValue(item, each)),
  minItems: (least, value) => !Array.isArray(value) || value.length >= least,
  additionalProperties: (property, value) =>
    !isObject(value) || Object.values(value).every((each) => fitsValue(property, each)),
  anyOf: (schemas, value) => schemas.some((schema) => fitsValue(schema, value)),
};

function fitsValue(schema: ValueSchema, value: unknown): boolean {
  return Object.keys(schema).every((keyword) => passes(schema, keyword as keyof Keywords, value));
}

function passes<K extends keyof Keywords>(schema: Pick<Partial<Keywords>, K>, keyword: K, value: unknown): boolean {
  const given: Keywords[K] | undefined = schema[keyword];
  return given === undefined || checks[keyword](given, value);
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
