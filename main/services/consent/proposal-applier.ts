import type { Execution } from '../../contract/execution.ts';
import type { Proposal, ProposedChange } from '../../contract/proposal.ts';
import type { Task } from '../../contract/task.ts';
import { authorOf, type AgentIdentity } from '../../domain/agent-client.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { ApplyAttempt, ProposalRecords } from '../../ports/ledger/agents.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { AgentClients } from './agent-clients.ts';
import { applyChange, type ApplyChangeNeeds, type ChangeGuard, type ChangeOutcomes } from './apply-change.ts';
import { changeBasis, surroundingsOf } from './basis.ts';
import { changedAfter, decided, outdated } from './proposal-state.ts';

export interface ProposalApplierNeeds extends ApplyChangeNeeds {
  readonly ledger: ApplyChangeNeeds['ledger'] & ProposalRecords & Pick<ExecutionRecords, 'get'>;
  readonly settings: Pick<SettingsStore, 'mcpServers'>;
  readonly processTree: Pick<ProcessTree, 'identify'>;
  /** Id of this process. */
  readonly pid: number;
  readonly clients: AgentClients;
  readonly newId: () => string;
}

/** Applies approved proposals: each once, and only as the person saw it. */
export class ProposalApplier {
  readonly #needs: ProposalApplierNeeds;

  constructor(needs: ProposalApplierNeeds) {
    this.#needs = needs;
  }

  /** Returns what shows later, if this process dies, whether the proposal took effect. */
  attempt({ change }: Proposal, basis: string): ApplyAttempt | undefined {
    const owner = this.#needs.processTree.identify(this.#needs.pid);
    // Without an identity nobody can tell later whether this process still works on it: it counts as long as possible.
    if (owner === null) return undefined;
    return { owner, basis, newTaskId: change.action === 'create' ? this.#needs.newId() : null };
  }

  /**
   * Applies an approved proposal in the name of its agent. If it fails, the proposal says why.
   * @param basis fingerprint of what the person saw
   * @throws SchedulerError `agent/proposal-outdated`, `agent/proposal-decided`, and what the change itself throws.
   */
  async apply(
    proposal: Proposal,
    client: AgentIdentity,
    attempt: ApplyAttempt | undefined,
    basis: string,
  ): Promise<ChangeOutcomes[ProposedChange['action']]> {
    const guard = { ...this.#guard(proposal, client, basis), ...newTaskOf(attempt) };
    try {
      const outcome = await applyChange(proposal.change, authorOf(client), this.#needs, guard);
      if ('backfill' in outcome) {
        // Its runs go on after the approval. A slot that cannot start ends them.
        outcome.backfill.finished.catch((problem: unknown) => this.#fail(proposal, problem));
      }
      return outcome;
    } catch (problem) {
      const started = this.#startedRun(proposal);
      if (started !== null) return { execution: started };
      this.#fail(proposal, problem);
      throw problem;
    }
  }

  /**
   * The checks under the lock in which the change is written: it must be what the person saw, and this proposal must
   * still be the one being applied. The same transaction marks it as applied, so that it takes effect once.
   */
  #guard(proposal: Proposal, client: AgentIdentity, basis: string): ChangeGuard {
    const limits = this.#needs.clients.guard(client);
    const { change, id } = proposal;
    const confirm = (task: Task | null): void => {
      if (change.action === 'cancel') return;
      const now = changeBasis(change, task, surroundingsOf(change, task, this.#needs));
      if (now !== basis) throw outdated(proposal, changedAfter);
    };
    const applied = ({ id: taskId }: Pick<Task, 'id'>): void => {
      if (this.#needs.ledger.decideProposal(id, 'applying', { state: 'applied', taskId })) return;
      throw decided(this.#needs.ledger.proposal(id)?.proposal ?? proposal);
    };
    return {
      ...limits,
      approval: { proposalId: id, basis },
      creating: () => {
        limits.creating();
        confirm(null);
      },
      created: applied,
      existing: (task) => {
        limits.existing(task);
        confirm(task);
        // A run is marked where it is recorded, which may be another process.
        if (change.action !== 'trigger') applied(task);
      },
      undoing: (task) => {
        limits.undoing(task);
        confirm(task);
        if (change.action === 'undo') applied({ id: change.taskId });
      },
    };
  }

  /** Returns the run that a proposal started, although its start was reported as failed; null if there is none. */
  #startedRun({ id, change }: Proposal): Execution | null {
    if (change.action !== 'trigger' && change.action !== 'test') return null;
    const { state, executionId = null } = this.#needs.ledger.proposal(id)?.proposal ?? {};
    return state === 'applied' && executionId !== null ? this.#needs.ledger.get(executionId) : null;
  }

  #fail({ id, change }: Proposal, problem: unknown): void {
    const { ledger } = this.#needs;
    const code = problem instanceof SchedulerError ? problem.code : 'internal/unexpected';
    const failed = { state: 'failed', error: { code, message: messageOf(problem) } } as const;
    if (ledger.decideProposal(id, 'applying', failed)) return;
    // They undo what they saved if the OS refuses the entry, and slots of a backfill may be left. Any other change that
    // was saved stays.
    if (['create', 'update', 'undo', 'backfill'].includes(change.action)) ledger.decideProposal(id, 'applied', failed);
  }
}

function newTaskOf(attempt: ApplyAttempt | undefined): Pick<ChangeGuard, 'newTaskId'> {
  return attempt?.newTaskId == null ? {} : { newTaskId: attempt.newTaskId };
}
