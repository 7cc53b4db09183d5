import { z } from 'zod';
import { backupSchema, restoreResultSchema } from './backups.ts';
import { changeFilterSchema, changeSchema, undoResultSchema } from './history.ts';
import { legacyReplacementSchema } from './migration.ts';
import { osEntrySchema } from './os-entries.ts';
import { instantSchema } from './task.ts';

/** Calls of the window about what was changed, and about getting it back. */
export const keepingCalls = {
  'history.list': { input: changeFilterSchema, output: z.object({ changes: z.array(changeSchema) }) },
  'history.undo': { input: z.object({ changeId: z.number().int() }), output: undoResultSchema },
  /** A batch, or everything of an author since an instant. */
  'history.undoAll': {
    input: z.object({
      batch: z.string().optional(),
      author: z.string().optional(),
      since: instantSchema.optional(),
      partial: z.boolean().default(false),
    }),
    output: undoResultSchema,
  },
  'backups.list': { input: z.object({}), output: z.object({ backups: z.array(backupSchema) }) },
  'backups.restore': { input: z.object({ name: z.string() }), output: restoreResultSchema },
  /** What ncp left in the OS scheduler. */
  'legacy.list': { input: z.object({}), output: z.object({ entries: z.array(osEntrySchema) }) },
  'legacy.replace': { input: z.object({}), output: legacyReplacementSchema },
} as const;
