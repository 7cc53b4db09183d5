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

/** Unknown fields are refused with their names in any case, and free parameters are said to be an object. */
const isNoRestriction = (value: unknown): boolean => value === false || JSON.stringify(value) === '{}';

/** No model counts or waits less than nothing: the bound is checked, and costs more than it tells. */
const isTrivialBound = (name: string, value: unknown): boolean =>
  (name === 'minimum' && (value === 0 || value === 1)) || (name === 'exclusiveMinimum' && value === 0);

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
      !(name === 'additionalProperties' && isNoRestriction(value)) &&
      !isTrivialBound(name, value),
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
 * Returns the JSON Schema of a tool's answer: only the names of its fields. The whole schema of a task, in each tool
 * that answers with one, would be four fifths of the list of tools.
 */
export function publishedOutput(output: z.ZodObject): Json & { readonly type: 'object' } {
  const { properties = {} } = z.toJSONSchema(output, { io: 'output' });
  const names = Object.keys(properties).map((name) => [name, {}]);
  return { type: 'object', properties: Object.fromEntries(names) };
}
