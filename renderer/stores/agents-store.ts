import { createStore } from 'zustand/vanilla';
import type { AgentClient } from '../../main/contract/agents.ts';
import type { ProposalView } from '../../main/contract/proposal.ts';

export interface AgentsState {
  /** The proposal that is open for review, as it is now; null while it is read. */
  proposal: ProposalView | null;
  /** Why it could not be read or decided. */
  failure: string | null;
  /** A decision is on its way: a test run takes its time. */
  deciding: boolean;
  /** Null until they were asked for. */
  clients: AgentClient[] | null;
}

export const createAgentsStore = () =>
  createStore<AgentsState>(() => ({ proposal: null, failure: null, deciding: false, clients: null }));
export type AgentsStore = ReturnType<typeof createAgentsStore>;
