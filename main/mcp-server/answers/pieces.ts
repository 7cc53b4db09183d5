import { z } from 'zod';
import { SchedulerError } from '../../domain/errors.ts';
import { plainJson } from '../../domain/visible-text.ts';

/** Characters of a piece. It is in the answer twice: as structured content and as text. */
const pieceLength = 30_000;

/** The parameters that read a large field in pieces. */
export const pieceParameters = {
  part: z.string().max(100).optional().describe('Read only this field, as JSON in pieces: for a field named in cut.'),
  offset: z.number().int().min(0).default(0).describe('With part: first character to read. Default: 0.'),
} as const;

export const pieceSchema = z.object({
  part: z.string(),
  /** A piece of the JSON of the field. */
  json: z.string(),
  from: z.number().int(),
  to: z.number().int(),
  size: z.number().int(),
});
export type Piece = z.infer<typeof pieceSchema>;

/**
 * Returns a piece of the JSON of one field.
 * @param record without secrets, so that none can be read in two pieces
 * @throws SchedulerError `usage/invalid-parameters` for a field that the record does not have.
 */
export function pieceOf(record: object, part: string, offset: number): Piece {
  const fields = Object.keys(record);
  if (!fields.includes(part)) {
    const message = `part: there is no field "${part}". There are ${fields.join(', ')}.`;
    throw new SchedulerError('usage/invalid-parameters', message, { field: 'part', known: fields });
  }
  const json = JSON.stringify((record as Readonly<Record<string, unknown>>)[part]) ?? 'null';
  const from = Math.min(offset, json.length);
  const to = Math.min(json.length, from + pieceLength);
  return { part, json: json.slice(from, to), from, to, size: json.length };
}

export function pieceText({ part, json, from, to, size }: Piece): string {
  const next = to < size ? ` offset ${to} continues.` : '';
  return `${part}, characters ${from} to ${to} of ${size} of its JSON.${next}\n${plainJson(json)}`;
}

/** Returns how to read the fields that were cut; null if there are none. */
export function cutHint(cut: readonly string[], call: string): string | null {
  if (cut.length === 0) return null;
  return `Shortened here: ${cut.join(', ')}. ${call} with part: "${cut[0] ?? ''}" reads it whole, in pieces.`;
}
