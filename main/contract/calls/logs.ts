import { z } from 'zod';
import { logChunkSchema } from '../log-chunk.ts';
import { executionIdInput, nothing, resultFileInput } from './inputs.ts';

export const logCalls = {
  'logs.read': {
    input: executionIdInput.extend({ offset: z.number().int().min(0).default(0) }),
    output: logChunkSchema,
  },
  /** Starts `logs.grew` events for this execution, until `logs.unfollow` or until the window closes. */
  'logs.follow': { input: executionIdInput, output: nothing },
  'logs.unfollow': { input: executionIdInput, output: nothing },
  /** Returns a picture of a run's result as a `data:` address; null if it is gone, too large or of no shown kind. */
  'logs.picture': { input: resultFileInput, output: z.object({ source: z.string().nullable() }) },
} as const;
