import { z } from 'zod';
import { logChunkSchema } from '../log-chunk.ts';
import { executionIdInput, nothing } from './inputs.ts';

export const logCalls = {
  'logs.read': {
    input: executionIdInput.extend({ offset: z.number().int().min(0).default(0) }),
    output: logChunkSchema,
  },
  /** Starts `logs.grew` events for this execution, until `logs.unfollow` or until the window closes. */
  'logs.follow': { input: executionIdInput, output: nothing },
  'logs.unfollow': { input: executionIdInput, output: nothing },
} as const;
