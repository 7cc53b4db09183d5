import { z } from 'zod';
import { logChunkSchema, logEndSchema } from '../log-chunk.ts';
import { logComparisonSchema } from '../log-comparison.ts';
import { executionIdInput, nothing, resultFileInput } from './inputs.ts';

export const logCalls = {
  'logs.read': {
    input: executionIdInput.extend({
      offset: z.number().int().min(0).default(0),
      maxBytes: z.number().int().min(1).max(4_194_304).optional(),
    }),
    output: logChunkSchema,
  },
  /** Returns the last lines of a log, for a long log that is not read yet. */
  'logs.readEnd': { input: executionIdInput, output: logEndSchema },
  /** Returns what is new since the last good run of the same task. */
  'logs.compare': { input: executionIdInput, output: logComparisonSchema },
  /** Copies a log to a file that the person chooses. `file` is null if the dialog was cancelled. */
  'logs.save': { input: executionIdInput, output: z.object({ file: z.string().nullable() }) },
  /** Starts `logs.grew` events for this execution, until `logs.unfollow` or until the window closes. */
  'logs.follow': { input: executionIdInput, output: nothing },
  'logs.unfollow': { input: executionIdInput, output: nothing },
  /** Returns a picture or sound of a run's result as a `data:` address; null if it is gone, too large or of no shown kind. */
  'logs.media': { input: resultFileInput, output: z.object({ source: z.string().nullable() }) },
} as const;
