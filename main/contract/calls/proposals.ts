import { z } from 'zod';
import { proposalSchema, proposalViewSchema } from '../proposal.ts';

const proposalId = z.object({ proposalId: z.string() });
const proposal = z.object({ proposal: proposalSchema });

export const proposalCalls = {
  'proposals.get': { input: proposalId, output: z.object({ proposal: proposalViewSchema }) },
  /** `basis` comes from the preview that the person saw, so that exactly this preview is approved. */
  'proposals.approve': {
    input: proposalId.extend({ basis: z.string(), always: z.boolean().default(false) }),
    output: proposal,
  },
  'proposals.reject': { input: proposalId.extend({ note: z.string().optional() }), output: proposal },
} as const;
