import { createStore } from 'zustand/vanilla';
import type { AgentClient } from '../../main/contract/agents.ts';
import type { ProposalView } from '../../main/contract/proposal.ts';

export interface AgentsState {
  /** The current state of the proposal under review; null while loading. */
  proposal: ProposalView | null;
  /** Why the proposal could not be read or decided; null otherwise. */
  failure: string | null;
  /** True while a decision is being applied, which can include a test run. */
  deciding: boolean;
  /** Null until loaded. */
  clients: AgentClient[] | null;
}

export const createAgentsStore = () =>
  createStore<AgentsState>(() => ({ proposal: null, failure: null, deciding: false, clients: null }));
export type AgentsStore = ReturnType<typeof createAgentsStore>;
