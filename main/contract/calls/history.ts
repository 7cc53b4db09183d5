import { z } from 'zod';
import { changeFilterSchema, shownChangeSchema, undoResultSchema } from '../history.ts';
import { instantSchema } from '../task.ts';
import { nothing } from './inputs.ts';

export const historyCalls = {
  'history.list': { input: changeFilterSchema, output: z.object({ changes: z.array(shownChangeSchema) }) },
  /** Everyone who changed something: the choices of a filter. */
  'history.authors': { input: nothing, output: z.object({ authors: z.array(z.string()) }) },
  'history.undo': { input: z.object({ changeId: z.number().int() }), output: undoResultSchema },
  /** Undoes a batch, or every change of an author since an instant. */
  'history.undoAll': {
    input: z.object({
      batch: z.string().optional(),
      author: z.string().optional(),
      since: instantSchema.optional(),
      partial: z.boolean().default(false),
    }),
    output: undoResultSchema,
  },
} as const;
