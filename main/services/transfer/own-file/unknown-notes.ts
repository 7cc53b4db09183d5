import type { z } from 'zod';
import { unknownFields, type UnknownField } from '../../tasks/unknown-fields.ts';

/** Returns the fields that a schema does not have, in sentences that name each as the file writes it. */
export function unknownFieldNotes(schema: z.ZodType, value: unknown, place: readonly string[] = []): string[] {
  return unknownFields(schema, value).map((field) => `${fieldText(field, place)} It was not taken over.`);
}

/** Returns `policies.budget.perDay.rans does not exist. Did you mean runs?`, or the fields that exist in its place. */
export function fieldText({ path, meant, fields }: UnknownField, place: readonly string[] = []): string {
  const whole = [...place, ...path];
  const inside = whole.length > 1 ? `${whole.slice(0, -1).join('.')} has` : 'There are';
  const hint = meant === null ? `${inside} ${fields.join(', ')}.` : `Did you mean ${meant}?`;
  return `${whole.join('.')} does not exist. ${hint}`;
}

/** Returns what a schema refuses in a value, each with the field: `policies.nice: Too big: …`. */
export const schemaProblems = ({ issues }: z.ZodError): string =>
  issues
    .map(({ path, message }) => [...(path.length === 0 ? [] : [path.map(String).join('.')]), message].join(': '))
    .join('; ');
