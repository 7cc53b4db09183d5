import type { ProcessIdentity } from '../process-tree.ts';
import type { Proposal, ProposalState } from '../../contract/proposal.ts';

/** A proposal as stored, with the fields that tell it apart from another proposal of the same change. */
export interface NewProposal extends Omit<
  Proposal,
  'state' | 'decidedAt' | 'decidedBy' | 'note' | 'executionId' | 'error'
> {
  /** Equal for the same change. */
  readonly fingerprint: string;
  /** Represents the state of the task when the agent asked. */
  readonly basis: string;
  readonly executionId: string | null;
}

interface KeptProposal {
  readonly proposal: Proposal;
  readonly basis: string;
}

/** An attempt to apply a proposal: what shows, after its process died, whether it took effect. */
export interface ApplyAttempt {
  /** The process that applies it. */
  readonly owner: ProcessIdentity;
  /** Fingerprint of what the person approved. */
  readonly basis: string;
  /** The id that a new task gets; null for other changes. */
  readonly newTaskId: string | null;
}

/** A decision about a proposal; absent fields stay unchanged. */
export interface ProposalDecision {
  readonly state: ProposalState;
  readonly at?: string;
  readonly by?: string;
  readonly note?: string | null;
  readonly taskId?: string;
  readonly executionId?: string;
  readonly error?: Proposal['error'];
  /** Only with `applying`. */
  readonly attempt?: ApplyAttempt | undefined;
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

/** Proposals of agents. */
export interface ProposalRecords {
  /** Stores a proposal, or returns this client's pending proposal for the same change. */
  propose(proposal: NewProposal): Proposal;
  proposal(id: string): KeptProposal | null;
  /** Returns proposals, newest first. */
  proposals(
    filter: ProposalFilter,
    page: { readonly limit: number; readonly offset: number },
  ): {
    proposals: Proposal[];
    total: number;
  };
  /** Returns the proposals that are being applied; `attempt` is null if the process that applies one is not known. */
  applyingProposals(): { readonly proposal: Proposal; readonly attempt: ApplyAttempt | null }[];
  /**
   * Changes the state of a proposal. Back to `pending`, it has no decision any more. Returns false, and writes nothing,
   * if it is no longer in the state `from`, or if its client has another pending proposal for the same change.
   */
  decideProposal(id: string, from: ProposalState, decision: ProposalDecision): boolean;
  /**
   * Expires pending proposals at `now`, fails those that have been in progress since before `begunBefore`, and removes
   * those decided before `decidedBefore`. Returns how many it changed or removed.
   */
  sweepProposals(rule: { readonly now: string; readonly begunBefore: string; readonly decidedBefore: string }): number;
}

/** The agents that connected. */
export interface ClientRecords {
  /** Records that a client connected, to the minute. Of more than 500, forgets those unseen for longest. */
  sawClient(name: string, version: string, at: string): void;
  /** Returns one record for each name and version, the latest first. */
  seenClients(): SeenClient[];
  /** Returns how many manual runs the audit trail has for this client from `since` on. */
  agentRuns(client: string, since: string): number;
}

/** Agents and their proposals: part of the ledger, so safe with many processes at once. */
export interface AgentRecords extends ProposalRecords, ClientRecords {}
