import { z } from 'zod';
import { instantSchema } from './task.ts';

/** A tag as people write it, without white space at its ends. */
const tagSchema = z
  .string()
  .trim()
  .min(1, 'a tag needs at least one character')
  .max(50, 'a tag may have 50 characters at most');

/** One change for many tasks. Tasks that it would not change are left alone. */
export const bulkChangeSchema = z.discriminatedUnion('action', [
  z.object({ action: z.literal('pause'), until: instantSchema.optional(), note: z.string().optional() }),
  z.object({ action: z.literal('resume') }),
  /** Skips the next slot of each task. */
  z.object({ action: z.literal('skip-next') }),
  z.object({ action: z.literal('delete') }),
  /** A tag in both lists is removed. */
  z.object({ action: z.literal('tag'), add: z.array(tagSchema).max(50), remove: z.array(tagSchema).max(50) }),
  /** Gives the tasks the schedule of a group. */
  z.object({ action: z.literal('move'), timingId: z.string() }),
]);
export type BulkChange = z.infer<typeof bulkChangeSchema>;

export const bulkResultSchema = z.object({
  /** The batch that undoes all changes at once; null if nothing changed. */
  batch: z.string().nullable(),
  /** Number of tasks that were changed. */
  changed: z.number().int(),
  /** Tasks that could not be changed, each with the reason. */
  refused: z.array(z.object({ taskId: z.string(), name: z.string(), message: z.string() })),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;
