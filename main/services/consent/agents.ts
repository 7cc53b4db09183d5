import type { ComingRuns } from '../schedule/coming-runs.ts';
import type { Proposal, ProposalPreview, ProposedAction } from '../../contract/proposal.ts';
import type { AgentClient } from '../../contract/agents.ts';
import { undoResultSchema, type UndoResult } from '../../contract/history.ts';
import { authorOf, type AgentIdentity } from '../../domain/agent-client.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { ChangeHistory } from '../history/change-history.ts';
import type { TaskManager } from '../tasks/task-manager.ts';
import { AgentClients } from './agent-clients.ts';
import {
  applyChange,
  type AgentBackfills,
  type AgentRuns,
  type ChangeGuard,
  type CalendarAdder,
  type ChangeOf,
  type ChangeOutcomes,
} from './apply-change.ts';
import { ChangePreview } from './change-preview.ts';
import { assertSize } from './proposal-limits.ts';
import { Proposals } from './proposals.ts';

export interface AgentsNeeds {
  readonly store: Store;
  readonly ledger: Ledger;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly tasks: TaskManager;
  readonly runs: AgentRuns;
  readonly backfills: AgentBackfills;
  readonly calendars: CalendarAdder;
  readonly newId: () => string;
  readonly processTree: Pick<ProcessTree, 'identify' | 'isAlive'>;
  /** Id of this process. */
  readonly pid: number;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
  readonly history: Pick<ChangeHistory, 'undoAll' | 'undo' | 'get'>;
}

/** The result of a requested change: done, or kept as a proposal until a person decides. */
export type Submitted<A extends ProposedAction> =
  | { readonly kind: 'done'; readonly outcome: ChangeOutcomes[A] }
  | { readonly kind: 'waits'; readonly proposal: Proposal; readonly preview: ProposalPreview };

/** Manages consent: which agent may change what, its proposals, and undoing what it changed. */
export class Agents {
  readonly clients: AgentClients;
  readonly proposals: Proposals;
  readonly #needs: AgentsNeeds;

  constructor(needs: AgentsNeeds) {
    this.#needs = needs;
    this.clients = new AgentClients(needs);
    const preview = new ChangePreview(needs);
    this.proposals = new Proposals({ ...needs, preview, clients: this.clients });
  }

  /**
   * Makes a change at once, in the name of `author`: a person at the command line, or an agent that needs no approval.
   */
  async perform<A extends ProposedAction>(
    change: ChangeOf<A>,
    author: string,
    guard: ChangeGuard = {},
  ): Promise<Submitted<A>> {
    return { kind: 'done', outcome: await applyChange(change, author, this.#needs, guard) };
  }

  /**
   * Makes the change an agent asks for, or keeps it as a proposal, depending on the agent's permission.
   * @throws SchedulerError `agent/…` if the agent may not ask for it, and what the change itself throws.
   */
  async submit<A extends ProposedAction>(
    change: ChangeOf<A>,
    client: AgentIdentity,
    options: Pick<ChangeGuard, 'newTaskId'> = {},
  ): Promise<Submitted<A>> {
    this.clients.saw(client);
    this.clients.assertMayAsk(client);
    assertSize(change);
    if (this.clients.rules(client.name).permission === 'ask') {
      return { kind: 'waits', ...(await this.proposals.propose(change, client)) };
    }
    this.clients.assertWithinLimits(client, change);
    return this.perform(change, authorOf(client), { ...this.clients.guard(client), ...options });
  }

  /**
   * Undoes all changes of a client that are still in effect, those of its latest version first, and lists those that
   * could not be undone. The undo is a change that can itself be undone.
   * @throws SchedulerError `agent/not-found`, `history/nothing-to-undo`, `store/…`, `os/refused`.
   */
  async undo(given: string, by: string): Promise<UndoResult> {
    const { name, versions } = this.clients.get(given);
    const results: UndoResult[] = [];
    for (const version of versions) {
      const result = await this.#undoAuthor(authorOf({ name, version }), by);
      if (result !== null) results.push(result);
    }
    if (results.length === 0) {
      const message = `There is nothing to undo: no change by "${name}" is still in effect.`;
      throw new SchedulerError('history/nothing-to-undo', message, { client: name });
    }
    return {
      undone: results.flatMap(({ undone }) => undone),
      changes: results.flatMap(({ changes }) => changes),
      refused: results.flatMap(({ refused }) => refused),
    };
  }

  async #undoAuthor(author: string, by: string): Promise<UndoResult | null> {
    try {
      return await this.#needs.history.undoAll({ author }, by, { partial: true });
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      if (problem.code === 'history/nothing-to-undo') return null;
      const refused = undoResultSchema.shape.refused.safeParse(problem.details['refused']);
      // Nothing of this version can be undone; changes of other versions still may.
      if (problem.code !== 'history/conflict' || !refused.success) throw problem;
      return { undone: [], changes: [], refused: refused.data };
    }
  }

  /** Revokes all access of a client, reading included, and rejects its open proposals. */
  revoke(given: string, by: string): { client: AgentClient; rejected: number } {
    const { name } = this.clients.revoke(given, by);
    const rejected = this.proposals.rejectAll(name, by, 'The access of this agent was revoked.');
    return { client: this.clients.get(name), rejected };
  }
}
