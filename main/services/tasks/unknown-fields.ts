import type { z } from 'zod';
import { closestField } from '../../domain/words/closest.ts';

/** A field that a schema does not have. */
export interface UnknownField {
  /** From the value that was checked: `["policies", "budget", "perDay", "rans"]`. */
  readonly path: readonly string[];
  /** The field that was probably meant; null if none is close. */
  readonly meant: string | null;
  /** The fields that exist in its place. */
  readonly fields: readonly string[];
}

type Path = readonly string[];

/** The parts of zod's definitions that hold other schemas. */
type Definition =
  | { readonly type: 'object'; readonly shape: Readonly<Record<string, z.ZodType>> }
  | { readonly type: 'array'; readonly element: z.ZodType }
  | { readonly type: 'record'; readonly valueType: z.ZodType }
  | { readonly type: 'union'; readonly options: readonly z.ZodType[]; readonly discriminator?: string }
  | { readonly type: 'optional' | 'nullable' | 'default' | 'prefault'; readonly innerType: z.ZodType }
  | { readonly type: 'pipe'; readonly out: z.ZodType }
  | { readonly type: 'other' };

/**
 * Returns the fields of a value that its schema does not name, at any depth. Schemas of stored files accept such fields,
 * because a newer version may have written them; where a person or another machine gives them, they would have no effect.
 */
export function unknownFields(schema: z.ZodType, value: unknown, path: Path = []): UnknownField[] {
  const definition = schema.def as unknown as Definition;
  switch (definition.type) {
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
      return unknownFields(definition.innerType, value, path);
    case 'pipe':
      return unknownFields(definition.out, value, path);
    case 'union':
      return unknownFields(likeliest(definition, value), value, path);
    case 'array':
      return Array.isArray(value)
        ? value.flatMap((entry, index) => unknownFields(definition.element, entry, [...path, String(index)]))
        : [];
    case 'record':
      return entriesOf(value).flatMap(([name, entry]) => unknownFields(definition.valueType, entry, [...path, name]));
    case 'object':
      return entriesOf(value).flatMap(([name, entry]) => inObject(definition.shape, name, entry, path));
    default:
      return [];
  }
}

function inObject(
  shape: Readonly<Record<string, z.ZodType>>,
  name: string,
  value: unknown,
  path: Path,
): UnknownField[] {
  const schema = Object.hasOwn(shape, name) ? shape[name] : undefined;
  if (schema !== undefined) return unknownFields(schema, value, [...path, name]);
  const fields = Object.keys(shape);
  return [{ path: [...path, name], meant: closestField(name, fields), fields }];
}

/** Returns the alternative that a value was meant to have: the one with its kind, or else the one with the fewest faults. */
function likeliest({ options, discriminator }: Extract<Definition, { type: 'union' }>, value: unknown): z.ZodType {
  const kinds = discriminator === undefined ? [] : options.filter((option) => hasKind(option, discriminator, value));
  const [best] = (kinds.length > 0 ? kinds : options)
    .map((schema, _, all) => ({ schema, wrong: all.length === 1 ? 0 : faultsOf(schema, value) }))
    .sort((a, b) => a.wrong - b.wrong);
  if (best === undefined) throw new Error('A union of no schemas.');
  return best.schema;
}

function hasKind(option: z.ZodType, discriminator: string, value: unknown): boolean {
  const definition = option.def as unknown as Definition;
  const kind = definition.type === 'object' ? definition.shape[discriminator] : undefined;
  return kind?.safeParse(new Map(entriesOf(value)).get(discriminator)).success === true;
}

const faultsOf = (schema: z.ZodType, value: unknown): number => schema.safeParse(value).error?.issues.length ?? 0;

const entriesOf = (value: unknown): [string, unknown][] =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.entries(value).filter(([, entry]) => entry !== undefined)
    : [];
