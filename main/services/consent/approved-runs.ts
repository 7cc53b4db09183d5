import type { Approval } from '../../contract/control.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ProposalRecords } from '../../ports/ledger/agents.ts';
import type { Store } from '../../ports/store.ts';
import type { TaskServers } from '../runs/attempts/task-servers.ts';
import type { RunApprovals, RunConfirmation } from '../runs/attempts/attempt.ts';
import { findTask } from '../schedule/task-lookup.ts';
import { changeBasis, surroundingsOf } from './basis.ts';
import { changedAfter, decided, outdated } from './proposal-state.ts';

export interface ApprovedRunsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: ProposalRecords;
}

/** Confirms runs that a person approved, in the transaction that records them, in whichever process runs them. */
export class ApprovedRuns implements RunApprovals {
  readonly #needs: ApprovedRunsNeeds;

  constructor(needs: ApprovedRunsNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns the check of a run. Called under the ledger's write lock, it throws unless the task, as it will run and as
   * it is stored, and its MCP servers are what the person saw, and the proposal is being applied. A run of a proposal is
   * recorded once: the same transaction marks the proposal as applied.
   * @throws SchedulerError `agent/proposal-outdated`, `agent/proposal-decided`, `agent/not-found`, `task/not-found`.
   */
  confirmation({ proposalId, basis }: Approval, task: Task): RunConfirmation {
    return (executionId, servers) => {
      const { ledger, store } = this.#needs;
      const kept = ledger.proposal(proposalId);
      if (kept === null) throw notFound(proposalId);
      const { proposal } = kept;
      const { change } = proposal;
      // The runs of a backfill follow the approval, which is marked as applied when the first of them is due.
      const isUnderWay = proposal.state === 'applied' && change.action === 'backfill';
      if (proposal.state !== 'applying' && !isUnderWay) throw decided(proposal);
      if (change.action === 'create') {
        if (this.#basis(change, null, servers) !== basis) throw outdated(proposal, changedAfter);
        return;
      }
      if (change.action === 'test') {
        if (this.#basis(change, null, servers) !== basis) throw outdated(proposal, changedAfter);
        ledger.decideProposal(proposalId, 'applying', { state: 'applied', executionId });
        return;
      }
      if (change.action === 'update') {
        // The task as it is: the run is of the definition that this change would make of it.
        const present = findTask(store.read(), change.taskId);
        if (this.#basis(change, present, servers) !== basis) throw outdated(proposal, changedAfter);
        return;
      }
      if (change.action !== 'trigger' && change.action !== 'backfill') throw notFound(proposalId);
      const stored = findTask(store.read(), change.taskId);
      const same = [stored, task].every((definition) => this.#basis(change, definition, servers) === basis);
      if (!same) throw outdated(proposal, changedAfter);
      if (change.action === 'backfill') return;
      ledger.decideProposal(proposalId, 'applying', { state: 'applied', executionId });
    };
  }

  #basis(change: Parameters<typeof changeBasis>[0], task: Task | null, servers: TaskServers): string {
    // The servers are those that this run will use, not those that are read again.
    const settings = { mcpServers: () => ({}) };
    return changeBasis(change, task, { ...surroundingsOf(change, task, { ...this.#needs, settings }), ...servers });
  }
}

function notFound(proposalId: string): SchedulerError {
  const message = `There is no proposed run "${proposalId}". \`proposals\` lists the pending proposals.`;
  return new SchedulerError('agent/not-found', message, { proposalId });
}
