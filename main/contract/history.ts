import { z } from 'zod';
import { instantSchema } from './task.ts';

/** What a change did to one field. Absent values are null. */
export const fieldDifferenceSchema = z.object({
  /**
   * A field of the task, `policies.<name>`, `env.<name>`; or `schedule` (expression, zone, instant) and `state` (status
   * with its reason), whose fields change together.
   */
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type FieldDifference = z.infer<typeof fieldDifferenceSchema>;

/** One change of a task, or of the pause of everything. */
export const changeSchema = z.object({
  /** Later changes have greater ones. */
  id: z.number().int(),
  at: instantSchema,
  /** `window`, `cli`, `mcp:<client>@<version>`, `migration`, `scheduler`, `file`, … */
  author: z.string(),
  /** `task.create`, `task.update`, `task.undo`, … */
  action: z.string(),
  kind: z.enum(['created', 'changed', 'deleted']),
  /** Null for the pause of everything and for settings. */
  taskId: z.string().nullable(),
  /** As it was called then. */
  taskName: z.string().nullable(),
  /** For `changed` only the fields that differ, otherwise all. */
  differences: z.array(fieldDifferenceSchema),
  /** What was changed in one go, such as one import, has the same. */
  batch: z.string().nullable(),
  /** The change that this one took back. */
  undoes: z.number().int().nullable(),
  /** Null where it can be undone now, otherwise why not. */
  obstacle: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

export const changeFilterSchema = z.object({
  taskId: z.string().optional(),
  author: z.string().optional(),
  batch: z.string().optional(),
  /** Not before this instant. */
  since: instantSchema.optional(),
  /** Only changes with an id below this one: the next page. */
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});
export type ChangeFilter = z.output<typeof changeFilterSchema>;

export const undoResultSchema = z.object({
  /** The changes that were taken back. */
  undone: z.array(z.number().int()),
  /** What taking them back changed: changes themselves, and undoable. Newest first. */
  changes: z.array(changeSchema),
  /** Those that were not taken back: settings that cannot be put back, and what `partial` allowed to stay. */
  refused: z.array(z.object({ id: z.number().int(), message: z.string() })),
});
export type UndoResult = z.infer<typeof undoResultSchema>;
