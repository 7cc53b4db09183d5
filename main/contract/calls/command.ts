import { z } from 'zod';
import { nothing } from './inputs.ts';

const shellCommandStateSchema = z.object({
  path: z.string(),
  state: z.enum(['installed', 'absent', 'stale', 'foreign']),
  onPath: z.boolean(),
  addToPath: z.string().nullable(),
});

/** Shows, installs and removes the command `ncp-scheduler` for shells. */
export const commandCalls = {
  'command.state': { input: nothing, output: shellCommandStateSchema },
  'command.install': { input: nothing, output: shellCommandStateSchema },
  'command.remove': { input: nothing, output: shellCommandStateSchema },
} as const;
