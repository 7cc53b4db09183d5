import { z } from 'zod';

type Json = Readonly<Record<string, unknown>>;

/** Keywords that make a schema longer and tell a model nothing. The values are checked all the same. */
const silent: ReadonlySet<string> = new Set([
  ...['$schema', 'minLength', 'maxLength', 'maxItems', 'propertyNames', 'pattern'],
  // Each description says it.
  'default',
]);

/** Bounds that Zod adds to every whole number. */
const isNoBound = (value: unknown): boolean => Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER;

/**
 * Returns the JSON Schema of a tool's parameters as clients see it. A schema with the metadata `publishedAs` is replaced
 * by that: every client sends the list of tools to its model, which pays for each character.
 */
export function publishedInput(input: z.ZodObject): Json & { readonly type: 'object' } {
  return { ...(compact(z.toJSONSchema(input, { io: 'input' })) as Json), type: 'object' };
}

function compact(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(compact);
  if (typeof node !== 'object' || node === null) return node;
  const fields = node as Json;
  const published = fields['publishedAs'];
  if (published !== undefined) return published;
  const inner = nullableOf(fields);
  if (inner !== null) return compact(inner);
  const kept = Object.entries(fields).filter(
    ([name, value]) =>
      !silent.has(name) &&
      !(['minimum', 'maximum'].includes(name) && isNoBound(value)) &&
      !(name === 'additionalProperties' && value === false),
  );
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'properties' ? compactProperties(value as Json) : compact(value)]),
  );
}

/** Returns `{"type": ["string", "null"]}` for a choice between text and null, with the description of the text. */
function nullableOf({ anyOf, ...rest }: Json): Json | null {
  if (!Array.isArray(anyOf) || anyOf.length !== 2) return null;
  const [value, none] = anyOf as readonly Json[];
  if (value === undefined || none?.['type'] !== 'null' || typeof value['type'] !== 'string') return null;
  return { ...value, ...rest, type: [value['type'], 'null'] };
}

/** A parameter may be named like a keyword: `limit` is no keyword, but `pattern` is. */
function compactProperties(properties: Json): Json {
  return Object.fromEntries(Object.entries(properties).map(([name, schema]) => [name, compact(schema)]));
}

/**
 * Returns the JSON Schema of a tool's answer: only its fields and their types. The whole schema of a task, in each tool
 * that answers with one, would be four fifths of the list of tools.
 */
export function publishedOutput(output: z.ZodObject): Json & { readonly type: 'object' } {
  const { properties = {} } = z.toJSONSchema(output, { io: 'output' });
  const types = Object.entries(properties).map(([name, schema]) => [name, typeOf(schema)]);
  return { type: 'object', properties: Object.fromEntries(types) };
}

function typeOf(schema: unknown): Json {
  const { type } = schema as Json;
  return type === undefined ? {} : { type };
}
