/** The part of JSON Schema a form can be made of. Everything else is edited as JSON. */
export type Schema = Readonly<Record<string, unknown>>;

export type FieldKind = 'text' | 'number' | 'integer' | 'boolean' | 'choice' | 'lines' | 'object' | 'json';

export interface SchemaField {
  name: string;
  label: string;
  description: string | undefined;
  required: boolean;
  kind: FieldKind;
  schema: Schema;
  /** For `choice`. */
  choices: readonly string[];
  /** The schema's default, as text for the placeholder. */
  defaultText: string | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a form can be made at all: an object with named properties. */
export const hasForm = (schema: Schema): boolean =>
  isRecord(schema['properties']) && Object.keys(schema['properties']).length > 0;

/** The fields of an object schema, the required ones first. */
export function fieldsOf(schema: Schema): SchemaField[] {
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const fields = Object.entries(properties).map(([name, value]) => {
    const own = isRecord(value) ? value : {};
    const { title, description } = own;
    const fallback = own['default'];
    return {
      name,
      label: typeof title === 'string' ? title : name,
      description: typeof description === 'string' ? description : undefined,
      required: required.includes(name),
      kind: kindOf(own),
      schema: own,
      choices: choicesOf(own),
      defaultText: fallback === undefined ? undefined : JSON.stringify(fallback).replace(/^"(.*)"$/, '$1'),
    };
  });
  return fields.sort((a, b) => Number(b.required) - Number(a.required));
}

const choicesOf = (schema: Schema): readonly string[] =>
  Array.isArray(schema['enum']) ? schema['enum'].filter((choice) => typeof choice === 'string') : [];

function kindOf(schema: Schema): FieldKind {
  const { type, items } = schema;
  if (Array.isArray(schema['enum'])) return choicesOf(schema).length === schema['enum'].length ? 'choice' : 'json';
  switch (type) {
    case 'string':
      return 'text';
    case 'number':
    case 'integer':
    case 'boolean':
      return type;
    case 'array':
      return isRecord(items) && items['type'] === 'string' && items['enum'] === undefined ? 'lines' : 'json';
    case 'object':
      return hasForm(schema) ? 'object' : 'json';
    default:
      return 'json';
  }
}
