import { scheduleText } from '../../contract/schedule-rule.ts';
import type { Proposal, ProposedChange } from '../../contract/proposal.ts';
import type { Task } from '../../contract/task.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ApplyAttempt, ProposalDecision, ProposalRecords } from '../../ports/ledger/agents.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { Store } from '../../ports/store.ts';
import { changedTask } from '../tasks/task-edit.ts';
import { changeBasis, surroundingsOf, type BasisSources } from './basis.ts';

export interface ProposalRecoveryNeeds extends BasisSources {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: ProposalRecords & AuditTrail & WriteLock & Pick<ExecutionRecords, 'get'>;
  readonly clock: Clock;
  readonly processTree: Pick<ProcessTree, 'isAlive'>;
}

/**
 * Decides about proposals whose process died while it applied them. The change and its mark are one transaction, but
 * `schedule.json` is written just before that transaction ends: what the file says decides.
 */
export class ProposalRecovery {
  readonly #needs: ProposalRecoveryNeeds;

  constructor(needs: ProposalRecoveryNeeds) {
    this.#needs = needs;
  }

  /** Settles every proposal whose process is dead: it was applied, or a person can decide again. */
  settle(): void {
    const { ledger, processTree } = this.#needs;
    for (const { proposal, attempt } of ledger.applyingProposals()) {
      if (attempt === null || processTree.isAlive(attempt.owner)) continue;
      // Under the lock, so that neither the file nor the proposal changes between the look and the decision.
      ledger.withWriteLock(() => this.#decide(proposal, attempt));
    }
  }

  #decide(proposal: Proposal, attempt: ApplyAttempt): void {
    const { ledger, clock } = this.#needs;
    const decision = this.#outcome(proposal.change, attempt);
    const isDecided =
      ledger.decideProposal(proposal.id, 'applying', decision) ||
      // The agent has asked for the same change again meanwhile, and that proposal stays.
      ledger.decideProposal(proposal.id, 'applying', interrupted('The agent has requested the same change again.'));
    if (!isDecided || decision.state !== 'applied') return;
    const { id, client, version, title, taskId, decidedBy } = proposal;
    ledger.audit({
      ...{ at: clock.nowIso(), author: decidedBy ?? 'scheduler', action: 'agent.approve', taskId, before: null },
      after: { proposal: id, client, version, title },
    });
  }

  #outcome(change: ProposedChange, { basis, newTaskId }: ApplyAttempt): ProposalDecision {
    if (change.action === 'cancel') {
      const isOver = this.#needs.ledger.get(change.executionId)?.status !== 'running';
      return isOver ? { state: 'applied' } : open;
    }
    // A run and its mark are in one database, so a run that is not marked was never recorded.
    if (change.action === 'trigger' || change.action === 'test' || change.action === 'backfill') return open;
    // Adding a calendar again is refused if it is there, and changes nothing.
    if (change.action === 'add-calendar') return open;
    const { tasks } = this.#needs.store.read();
    if (change.action === 'create') {
      const isThere = newTaskId !== null && Object.hasOwn(tasks, newTaskId);
      return isThere ? { state: 'applied', taskId: newTaskId } : open;
    }
    const task = Object.hasOwn(tasks, change.taskId) ? (tasks[change.taskId] ?? null) : null;
    if (change.action === 'skip-next') {
      const isSkipped = change.slot !== undefined && (task?.skipUntil ?? '') >= change.slot;
      return isSkipped ? { state: 'applied' } : open;
    }
    if (change.action === 'undo') {
      const basisNow = changeBasis(change, task, surroundingsOf(change, task, this.#needs));
      return basisNow === basis ? open : interrupted(changedSince);
    }
    if (change.action === 'delete') return task === null ? { state: 'applied' } : open;
    if (task === null || changeBasis(change, task, surroundingsOf(change, task, this.#needs)) === basis) return open;
    return isInEffect(change, task) ? { state: 'applied' } : interrupted(changedSince);
  }
}

const changedSince = 'The app ended while this was in progress, and the task has changed since. Check the task first.';

const open: ProposalDecision = { state: 'pending' };

function interrupted(message: string): ProposalDecision {
  return { state: 'failed', error: { code: 'agent/interrupted', message } };
}

/** Returns true if the task is what the change makes of it. */
function isInEffect(change: Extract<ProposedChange, { action: 'update' | 'pause' | 'resume' }>, task: Task): boolean {
  if (change.action === 'pause') return task.status === 'paused' && task.pausedUntil === change.until;
  if (change.action === 'resume') return task.status === 'active';
  const { schedule, timezone, active } = change.change;
  return (
    JSON.stringify(changedTask(task, change.change)) === JSON.stringify(task) &&
    (schedule === undefined || schedule === scheduleText(task)) &&
    (timezone === undefined || timezone === task.timezone) &&
    (active === undefined || active === (task.status === 'active'))
  );
}
