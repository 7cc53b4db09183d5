import type {
  Proposal,
  ProposalPreview,
  ProposalView,
  ProposedChange,
  WaitingProposal,
} from '../../contract/proposal.ts';
import type { AgentIdentity } from '../../domain/agent-client.ts';
import { hourMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { canonicalJson } from '../../domain/canonical-json.ts';
import { shortHash } from '../../domain/naming/short-hash.ts';
import type { ProposalDecision, ProposalFilter, ProposalRecords } from '../../ports/ledger/agents.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { AgentClients } from './agent-clients.ts';
import type { ApplyChangeNeeds, ChangeOutcomes } from './apply-change.ts';
import type { ChangePreview } from './change-preview.ts';
import { ProposalApplier } from './proposal-applier.ts';
import { ProposalRecovery } from './proposal-recovery.ts';
import { assertSize, bytesOf, proposalLimits, tooMany } from './proposal-limits.ts';
import { assertOpen, changedAfter, decided, isOpen, noPreview, outdated } from './proposal-state.ts';

export interface ProposalsNeeds extends ApplyChangeNeeds {
  readonly ledger: AuditTrail & ProposalRecords & WriteLock & Pick<ExecutionRecords, 'get'>;
  readonly settings: Pick<SettingsStore, 'mcpServers'>;
  readonly processTree: Pick<ProcessTree, 'identify' | 'isAlive'>;
  /** Id of this process. */
  readonly pid: number;
  readonly clock: Clock;
  readonly preview: ChangePreview;
  readonly clients: AgentClients;
  readonly newId: () => string;
}

/** A proposal that was kept, and what approving it would do now. */
export interface ProposedEffect {
  readonly proposal: Proposal;
  readonly preview: ProposalPreview;
}

export interface ApproveOptions {
  /** `preview.basis` of the preview the person saw. @default the state of the task when the agent asked */
  readonly basis?: string | undefined;
  /** True also applies the proposal if the task has changed since the agent asked. */
  readonly anyway?: boolean | undefined;
}

/** A change of a definition may wait over a long weekend; a run wanted today is no longer wanted tomorrow. */
const lifetimeMs: Readonly<Record<ProposedChange['action'], number>> = {
  create: 7 * 24 * hourMs,
  update: 7 * 24 * hourMs,
  pause: 7 * 24 * hourMs,
  resume: 7 * 24 * hourMs,
  delete: 7 * 24 * hourMs,
  trigger: 12 * hourMs,
  backfill: 12 * hourMs,
  cancel: hourMs,
  'skip-next': 7 * 24 * hourMs,
  undo: 7 * 24 * hourMs,
  'add-calendar': 7 * 24 * hourMs,
  test: 12 * hourMs,
};
/** How long decided proposals are kept. */
const keepMs = 90 * 24 * hourMs;
/** Longer than any test run: a proposal that began to be applied before that was cut off when its process ended. */
const longestApplyMs = 24 * hourMs;

/** The changes that agents asked for: kept until a person decides, applied in the agent's name when approved. */
export class Proposals {
  readonly #needs: ProposalsNeeds;
  readonly #recovery: ProposalRecovery;
  readonly #applier: ProposalApplier;

  constructor(needs: ProposalsNeeds) {
    this.#needs = needs;
    this.#recovery = new ProposalRecovery(needs);
    this.#applier = new ProposalApplier(needs);
  }

  /**
   * Keeps a change until a person decides, and returns it with what it would do. Asking twice for the same change makes
   * one proposal.
   * @throws SchedulerError what applying it would throw, and `agent/too-many-proposals`, `agent/task-limit`,
   * `agent/run-limit`.
   */
  async propose(change: ProposedChange, client: AgentIdentity): Promise<ProposedEffect> {
    const { ledger, clock, preview, newId } = this.#needs;
    this.#sweep();
    const effect = await preview.of(change);
    const { fixed, dueMs } = effect;
    assertSize(fixed);
    const fingerprint = shortHash(canonicalJson(fixed));
    const proposal = ledger.withWriteLock(() => {
      // Check again: a person may have revoked the access while the tool was being checked.
      this.#needs.clients.assertMayAsk(client);
      this.#assertRoom(fixed, client, fingerprint);
      const at = clock.now();
      const expiresMs = Math.min(at + lifetimeMs[change.action], dueMs ?? Infinity);
      return ledger.propose({
        id: newId().replaceAll('-', '').slice(0, 10),
        client: client.name,
        version: client.version,
        title: effect.title,
        change: fixed,
        createdAt: new Date(at).toISOString(),
        expiresAt: new Date(expiresMs).toISOString(),
        taskId: effect.taskId,
        executionId: effect.executionId,
        fingerprint,
        basis: effect.preview.basis,
      });
    });
    return { proposal, preview: { ...effect.preview, changedMeanwhile: false, problem: null } };
  }

  list(filter: ProposalFilter = {}, page = { limit: 50, offset: 0 }): { proposals: Proposal[]; total: number } {
    this.#sweep();
    return this.#needs.ledger.proposals(filter, page);
  }

  /** Returns the pending proposals, oldest first. */
  waiting(): WaitingProposal[] {
    this.#recover();
    const now = this.#needs.clock.nowIso();
    const { proposals } = this.#needs.ledger.proposals({ state: 'pending' }, { limit: 500, offset: 0 });
    return proposals
      .filter(({ expiresAt }) => expiresAt > now)
      .map(({ id, client, version, title, createdAt }) => ({ id, client, version, title, createdAt }))
      .reverse();
  }

  /** @throws SchedulerError `agent/not-found`. */
  get(id: string): Proposal {
    this.#sweep();
    return this.#kept(id).proposal;
  }

  /** Returns a proposal and what approving it would do now. @throws SchedulerError `agent/not-found`. */
  async view(id: string): Promise<ProposalView> {
    this.#sweep();
    const { proposal, basis } = this.#kept(id);
    return {
      ...proposal,
      preview: isOpen(proposal, this.#needs.clock.nowIso()) ? await this.#preview(proposal, basis) : null,
    };
  }

  /**
   * Returns what approving a pending proposal would do now, without asking the server of its tool; null if the proposal
   * is decided.
   */
  async meaning(proposal: Proposal): Promise<ProposalPreview | null> {
    if (!isOpen(proposal, this.#needs.clock.nowIso())) return null;
    return this.#preview(proposal, this.#kept(proposal.id).basis, { askServers: false });
  }

  /**
   * Applies a proposal, with the agent as author and `approver` on record.
   * @throws SchedulerError `agent/not-found`, `agent/proposal-decided`, `agent/proposal-outdated` if the task has
   * changed meanwhile, `agent/revoked`, `agent/task-limit`, and what the change itself throws; nothing has changed
   * then.
   */
  async approve(
    id: string,
    approver: string,
    options: ApproveOptions = {},
  ): Promise<{ proposal: Proposal; outcome: ChangeOutcomes[ProposedChange['action']] }> {
    this.#sweep();
    const { proposal, basis } = this.#kept(id);
    assertOpen(proposal, this.#needs.clock.nowIso());
    const client = { name: proposal.client, version: proposal.version };
    this.#needs.clients.assertMayLook(client);
    const preview = await this.#preview(proposal, basis);
    if (preview.problem !== null) throw outdated(proposal, preview.problem, preview);
    const seen = options.anyway === true ? preview.basis : (options.basis ?? basis);
    if (preview.basis !== seen) throw outdated(proposal, changedAfter, preview);
    this.#needs.clients.assertWithinLimits(client, proposal.change);
    const attempt = this.#applier.attempt(proposal, preview.basis);
    this.#decide(proposal, { state: 'applying', at: this.#needs.clock.nowIso(), by: approver, attempt });
    const outcome = await this.#applier.apply(proposal, client, attempt, preview.basis);
    const applied = { state: 'applied', ...resultOf(outcome) } as const;
    // Changes of tasks and runs are already marked, in their own transaction.
    const { ledger } = this.#needs;
    if (!ledger.decideProposal(id, 'applying', applied)) ledger.decideProposal(id, 'applied', applied);
    this.#audit('agent.approve', approver, { ...proposal, ...applied });
    return { proposal: this.#kept(id).proposal, outcome };
  }

  /** @throws SchedulerError `agent/not-found`, `agent/proposal-decided`. */
  reject(id: string, by: string, note?: string): Proposal {
    this.#sweep();
    const { proposal } = this.#kept(id);
    assertOpen(proposal, this.#needs.clock.nowIso());
    this.#decide(proposal, { state: 'rejected', at: this.#needs.clock.nowIso(), by, note: note ?? null });
    this.#audit('agent.reject', by, proposal);
    return this.#kept(id).proposal;
  }

  /** Rejects every open proposal of this client and returns how many. */
  rejectAll(client: string, by: string, note: string): number {
    this.#sweep();
    const { ledger } = this.#needs;
    const at = this.#needs.clock.nowIso();
    const open = (['pending', 'failed'] as const)
      .flatMap((state) => ledger.proposals({ client, state }, { limit: 500, offset: 0 }).proposals)
      .filter((proposal) => isOpen(proposal, at));
    // Somebody else may decide one of them at this moment; the rest is rejected all the same.
    const rejected = open.filter(({ id, state }) =>
      ledger.decideProposal(id, state, { state: 'rejected', at, by, note }),
    );
    for (const proposal of rejected) this.#audit('agent.reject', by, proposal);
    return rejected.length;
  }

  #assertRoom(change: ProposedChange, client: AgentIdentity, fingerprint: string): void {
    const { ledger, clients } = this.#needs;
    const { pending, pendingOfClient, pendingBytes } = proposalLimits;
    const all = ledger
      .proposals({ state: 'pending' }, { limit: pending + 1, offset: 0 })
      .proposals.filter((waiting) => !isSame(waiting, client, fingerprint));
    const others = all.filter((waiting) => waiting.client === client.name);
    if (others.length >= pendingOfClient) {
      throw tooMany(`"${client.name}" already has ${pendingOfClient} pending proposals.`, client, pendingOfClient);
    }
    if (all.length >= pending) throw tooMany(`There are already ${pending} pending proposals.`, client, pending);
    if (all.reduce((sum, waiting) => sum + bytesOf(waiting.change), bytesOf(change)) > pendingBytes) {
      const message = `The pending proposals of all agents together have more than ${pendingBytes} bytes.`;
      throw tooMany(message, client, pendingBytes);
    }
    clients.assertWithinLimits(
      client,
      change,
      others.map((waiting) => waiting.change),
    );
  }

  async #preview(
    proposal: Proposal,
    basis: string,
    options: { readonly askServers?: boolean } = {},
  ): Promise<ProposalPreview> {
    try {
      const { preview } = await this.#needs.preview.of(proposal.change, options);
      return { ...preview, changedMeanwhile: preview.basis !== basis, problem: null };
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      return { ...noPreview, problem: problem.message };
    }
  }

  #decide(proposal: Proposal, decision: ProposalDecision): void {
    if (this.#needs.ledger.decideProposal(proposal.id, proposal.state, decision)) return;
    throw decided(this.#kept(proposal.id).proposal);
  }

  #kept(id: string) {
    const kept = this.#needs.ledger.proposal(id);
    if (kept !== null) return kept;
    throw new SchedulerError('agent/not-found', `There is no proposal "${id}". \`proposals\` lists the pending ones.`, {
      proposalId: id,
    });
  }

  #audit(action: string, author: string, { id, client, version, title, taskId }: Proposal): void {
    const after = { proposal: id, client, version, title };
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId, before: null, after });
  }

  /** Where nothing can be written, the proposals can be listed all the same. */
  #recover(): void {
    try {
      this.#recovery.settle();
    } catch (problem) {
      if (!(problem instanceof SchedulerError) || !problem.code.startsWith('store/')) throw problem;
    }
  }

  #sweep(): void {
    const nowMs = this.#needs.clock.now();
    const ago = (ms: number): string => new Date(nowMs - ms).toISOString();
    this.#recovery.settle();
    this.#needs.ledger.sweepProposals({ now: ago(0), begunBefore: ago(longestApplyMs), decidedBefore: ago(keepMs) });
  }
}

function isSame({ client, change }: Proposal, asking: AgentIdentity, fingerprint: string): boolean {
  return client === asking.name && shortHash(canonicalJson(change)) === fingerprint;
}

function resultOf(outcome: ChangeOutcomes[ProposedChange['action']]): { taskId?: string; executionId?: string } {
  if ('execution' in outcome) return { executionId: outcome.execution.executionId };
  if ('undone' in outcome || 'calendar' in outcome) return {};
  if ('backfill' in outcome) return { taskId: outcome.backfill.taskId };
  const testRun = 'testRun' in outcome ? outcome.testRun : undefined;
  return { taskId: outcome.task.id, ...(testRun !== undefined && { executionId: testRun.executionId }) };
}
