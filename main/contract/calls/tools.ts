import { z } from 'zod';
import { toolSchema } from '../tool.ts';
import { nothing } from './inputs.ts';

export const toolCalls = {
  'tools.list': {
    input: nothing,
    output: z.object({
      tools: z.array(toolSchema),
      /** Configured servers whose tools could not be listed, with the reason. */
      unavailable: z.array(z.object({ server: z.string(), message: z.string() })),
    }),
  },
} as const;
