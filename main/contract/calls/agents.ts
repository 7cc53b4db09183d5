import { z } from 'zod';
import { agentClientChangeSchema, agentClientSchema } from '../agents.ts';
import { agentProgramNameSchema, shownAgentProgramSchema } from '../agent-programs.ts';
import { undoResultSchema } from '../history.ts';
import { nothing } from './inputs.ts';

const byClient = z.object({ client: z.string() });

export const agentCalls = {
  'agents.list': { input: nothing, output: z.object({ clients: z.array(agentClientSchema) }) },
  'agents.change': {
    input: byClient.extend({ change: agentClientChangeSchema }),
    output: z.object({ client: agentClientSchema }),
  },
  /** Undoes every change of the agent that has not been undone yet. */
  'agents.undo': { input: byClient, output: undoResultSchema },
  'agents.revoke': { input: byClient, output: z.object({ client: agentClientSchema, rejected: z.number().int() }) },
  /** Lists the programs that can be connected, and what their files hold now. */
  'agents.programs': { input: nothing, output: z.object({ programs: z.array(shownAgentProgramSchema) }) },
  /** Writes the file of a program. `basis` is that of the preview which the person saw. */
  'agents.connect': {
    input: z.object({ program: agentProgramNameSchema, basis: z.string() }),
    output: z.object({ program: shownAgentProgramSchema, backup: z.string().nullable() }),
  },
} as const;
