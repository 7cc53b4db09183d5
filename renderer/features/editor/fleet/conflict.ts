import { z } from 'zod';
import { BridgeError } from '../../../bridge/bridge-error.ts';

/** Two changes of one shared task: this one, and the one that another member saved meanwhile. */
export interface Conflict {
  /** Null if the other revision is not known here. */
  readonly member: string | null;
  readonly fields: readonly { readonly field: string; readonly yours: unknown; readonly theirs: unknown }[];
  readonly message: string;
}

const detailsSchema = z.object({
  member: z.string().optional(),
  fields: z.array(z.object({ field: z.string(), yours: z.unknown(), theirs: z.unknown() })),
});

/** Returns the conflict that kept a shared task from being saved; null if it was refused for another reason. */
export function conflictOf(thrown: unknown): Conflict | null {
  if (!(thrown instanceof BridgeError) || thrown.code !== 'fleet/conflict') return null;
  const details = detailsSchema.safeParse(thrown.details).data;
  const fields = (details?.fields ?? []).flatMap(({ field, yours, theirs }) => sides(field, yours, theirs));
  return { member: details?.member ?? null, fields, message: thrown.message };
}

/** Returns the two sides of a field; of its policies only those that differ. */
function sides(field: string, yours: unknown, theirs: unknown): Conflict['fields'] {
  if (field !== 'policies') return [{ field, yours, theirs }];
  const [mine, other] = [partsOf(yours), partsOf(theirs)];
  return [...new Set([...Object.keys(mine), ...Object.keys(other)])]
    .filter((name) => JSON.stringify(mine[name]) !== JSON.stringify(other[name]))
    .map((name) => ({ field: `policies.${name}`, yours: mine[name] ?? null, theirs: other[name] ?? null }));
}

const partsOf = (value: unknown): Readonly<Record<string, unknown>> =>
  z.record(z.string(), z.unknown()).catch({}).parse(value);
