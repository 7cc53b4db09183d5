/** A JSON schema. Forms support a part of JSON Schema; everything else is edited as JSON. */
export type Schema = Readonly<Record<string, unknown>>;

type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'lines' | 'object' | 'json';

/** A value of an `enum`, of any simple type. */
interface EnumChoice {
  /** The value as JSON, used as the value in the drop-down. */
  key: string;
  label: string;
  value: unknown;
}

export interface SchemaField {
  name: string;
  label: string;
  description: string | undefined;
  required: boolean;
  kind: FieldKind;
  /** The schema with references resolved, including the definitions that they refer to. */
  schema: Schema;
  /** For `choice`. */
  choices: readonly EnumChoice[];
  /** The schema's default, as text for the placeholder. */
  defaultText: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Returns whether a form can be made: the schema must be an object with named properties. */
export const hasForm = (schema: Schema): boolean =>
  isRecord(schema['properties']) && Object.keys(schema['properties']).length > 0;

/** Returns the fields of an object schema, required fields first. */
export function fieldsOf(schema: Schema): SchemaField[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const fields = Object.entries(properties).map(([name, value]) => {
    const own = plainSchema(isRecord(value) ? value : {}, schema);
    const { title, description } = own;
    const fallback = own['default'];
    return {
      name,
      label: typeof title === 'string' ? title : name,
      description: typeof description === 'string' ? description : undefined,
      required: required.includes(name),
      kind: kindOf(own),
      schema: { ...definitionsOf(schema), ...own },
      choices: choicesOf(own),
      defaultText: fallback === undefined ? undefined : labelOf(fallback),
    };
  });
  return fields.sort((a, b) => Number(b.required) - Number(a.required));
}

const labelOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

/** Returns the definitions that local references in nested schemas refer to. */
const definitionsOf = (root: Schema): Schema =>
  Object.fromEntries(['$defs', 'definitions'].flatMap((key) => (key in root ? [[key, root[key]]] : [])));

/** Limit for references that refer to each other. */
const DEEPEST = 8;

/**
 * Returns the schema with its reference resolved and without "or null", which generators add for optional fields.
 * Properties beside the reference take precedence. `const` becomes an `enum` with one value.
 */
function plainSchema(schema: Schema, root: Schema, depth = 0): Schema {
  if (depth > DEEPEST) return schema;
  const reference = schema['$ref'];
  if (typeof reference === 'string') {
    const { $ref: _followed, ...beside } = schema;
    const target = lookUp(root, reference);
    return target === null ? schema : plainSchema({ ...target, ...beside }, root, depth + 1);
  }
  if ('const' in schema && schema['enum'] === undefined) return { ...schema, enum: [schema['const']] };
  const { type } = schema;
  if (Array.isArray(type)) {
    const others = type.filter((each) => each !== 'null');
    return others.length === 1 ? { ...schema, type: others[0] } : schema;
  }
  for (const key of ['anyOf', 'oneOf'] as const) {
    const { [key]: alternatives, ...beside } = schema;
    if (!Array.isArray(alternatives)) continue;
    const others = alternatives.filter((each) => !isRecord(each) || each['type'] !== 'null');
    const only: unknown = others[0];
    if (others.length === 1 && isRecord(only)) return plainSchema({ ...only, ...beside }, root, depth + 1);
  }
  return schema;
}

/** Resolves a reference within the same schema (RFC 6901); null for any other reference. */
function lookUp(root: Schema, reference: string): Schema | null {
  if (!reference.startsWith('#/')) return null;
  let found: unknown = root;
  for (const part of reference.slice(2).split('/')) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    found = isRecord(found) ? found[key] : undefined;
  }
  return isRecord(found) ? found : null;
}

function choicesOf(schema: Schema): readonly EnumChoice[] {
  const values = Array.isArray(schema['enum']) ? (schema['enum'] as unknown[]) : [];
  return values.map((value) => ({ key: JSON.stringify(value), label: labelOf(value), value }));
}

function kindOf(schema: Schema): FieldKind {
  const { type, items } = schema;
  if (Array.isArray(schema['enum'])) return 'choice';
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return type;
    case 'array':
      return isRecord(items) && items['type'] === 'string' && items['enum'] === undefined ? 'lines' : 'json';
    default:
      return hasForm(schema) ? 'object' : 'json';
  }
}
