import type { Proposal, ProposalState } from '../../contract/proposal.ts';

/** A proposal as it is kept: with what tells it apart from another one for the same change. */
export interface NewProposal extends Omit<
  Proposal,
  'state' | 'decidedAt' | 'decidedBy' | 'note' | 'executionId' | 'error'
> {
  /** Equal for the same change. */
  readonly fingerprint: string;
  /** Stands for the state of the task when the agent asked. */
  readonly basis: string;
  readonly executionId: string | null;
}

interface KeptProposal {
  readonly proposal: Proposal;
  readonly basis: string;
}

/** What became of a proposal; what is absent stays as it is. */
export interface ProposalDecision {
  readonly state: ProposalState;
  readonly at?: string;
  readonly by?: string;
  readonly note?: string | null;
  readonly taskId?: string;
  readonly executionId?: string;
  readonly error?: Proposal['error'];
}

export interface ProposalFilter {
  readonly state?: ProposalState | undefined;
  readonly client?: string | undefined;
}

export interface SeenClient {
  readonly name: string;
  readonly version: string;
  readonly firstSeenAt: string;
  readonly lastSeenAt: string;
}

/** What agents asked for. */
export interface ProposalRecords {
  /** Keeps a proposal, or answers the one of this client that waits for the same change already. */
  propose(proposal: NewProposal): Proposal;
  proposal(id: string): KeptProposal | null;
  /** Newest first. */
  proposals(
    filter: ProposalFilter,
    page: { readonly limit: number; readonly offset: number },
  ): {
    proposals: Proposal[];
    total: number;
  };
  /** Moves a proposal on. False, and nothing is written, when it is not in the state `from` any more. */
  decideProposal(id: string, from: ProposalState, decision: ProposalDecision): boolean;
  /**
   * Ends what nobody decided before `now` and what was begun before `begunBefore` and never finished; removes what was
   * decided before `decidedBefore`. Returns how many it touched.
   */
  sweepProposals(rule: { readonly now: string; readonly begunBefore: string; readonly decidedBefore: string }): number;
}

/** Which agents connected. */
export interface ClientRecords {
  /** Remembers that a client was here, to the minute. */
  sawClient(name: string, version: string, at: string): void;
  /** One for each name and version, the latest first. */
  seenClients(): SeenClient[];
  /** How many runs by hand the audit trail knows of this client from `since` on. */
  agentRuns(client: string, since: string): number;
}

/** Agents and their proposals: part of the ledger, so safe with many processes at once. */
export interface AgentRecords extends ProposalRecords, ClientRecords {}
