import { z } from 'zod';
import { instantSchema } from './task.ts';

/** What a change did to one field. An absent value is null. */
const fieldDifferenceSchema = z.object({
  /**
   * A field of the task, `policies.<name>` or `env.<name>`; or `schedule` (expression, zone, instant) or `state` (status
   * with its reason), which group fields that change together.
   */
  field: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type FieldDifference = z.infer<typeof fieldDifferenceSchema>;

/** One change to a task, to the settings, or to the pause of all schedules. */
export const changeSchema = z.object({
  /** Later changes have greater ids. */
  id: z.number().int(),
  at: instantSchema,
  /** `window`, `cli`, `mcp:<client>@<version>`, `migration`, `scheduler`, `file`, … */
  author: z.string(),
  /** `task.create`, `task.update`, `task.undo`, … */
  action: z.string(),
  kind: z.enum(['created', 'changed', 'deleted']),
  /** Null for settings and for the pause of all schedules. */
  taskId: z.string().nullable(),
  /** The task's name at that time. */
  taskName: z.string().nullable(),
  /** For `changed` only the fields that differ, otherwise all fields. */
  differences: z.array(fieldDifferenceSchema),
  /** Shared by all changes that were made together, such as those of one import. */
  batch: z.string().nullable(),
  /** The change that this one undid. */
  undoes: z.number().int().nullable(),
  /** Why it cannot be undone now; null if it can. */
  obstacle: z.string().nullable(),
});
export type Change = z.infer<typeof changeSchema>;

/** A difference for a person in the window. */
const shownDifferenceSchema = fieldDifferenceSchema.extend({
  /** Both values of `schedule` or `cleanupSchedule` as sentences without their zone; null for a value that is absent or cannot be read. */
  sentences: z.object({ before: z.string().nullable(), after: z.string().nullable() }).optional(),
});
export type ShownDifference = z.infer<typeof shownDifferenceSchema>;

/** A change for a person in the window. */
export const shownChangeSchema = changeSchema.extend({ differences: z.array(shownDifferenceSchema) });

/** The obstacle of a change that is not in effect any more. */
export const alreadyUndone = 'It has already been undone.';

export const changeFilterSchema = z.object({
  taskId: z.string().optional(),
  author: z.string().optional(),
  /** Any of these authors: the names of one agent in several versions, or of a person in the window and the tray. */
  authors: z.array(z.string()).max(500).optional(),
  /** Every word must be in the name of the task, the author, or a value or name of a field that changed. */
  words: z.string().max(200).optional(),
  batch: z.string().optional(),
  /** Not before this instant. */
  since: instantSchema.optional(),
  /** Only changes with a smaller id: the next page. */
  before: z.number().int().optional(),
  limit: z.number().int().min(1).max(1000).default(50),
});
export type ChangeFilter = z.output<typeof changeFilterSchema>;

export const undoResultSchema = z.object({
  /** The changes that were undone. */
  undone: z.array(z.number().int()),
  /** The changes that the undo made, newest first. They can be undone too. */
  changes: z.array(changeSchema),
  /** The changes that were not undone: settings that cannot be restored, and what `partial` allows to remain. */
  refused: z.array(z.object({ id: z.number().int(), message: z.string() })),
});
export type UndoResult = z.infer<typeof undoResultSchema>;
