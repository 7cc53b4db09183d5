import type { Budget } from '../../contract/budget.ts';
import type { AgentClient, AgentClientChange, AgentClientSettings, AgentPermission } from '../../contract/agents.ts';
import type { ProposedChange } from '../../contract/proposal.ts';
import type { Task } from '../../contract/task.ts';
import { type AgentIdentity, agentName, agentOfAuthor, entryOfAgent } from '../../domain/agent-client.ts';
import { hourMs } from '../../domain/durations.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { AgentRecords, SeenClient } from '../../ports/ledger/agents.ts';
import type { Clock } from '../../ports/clock.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { ChangeGuard } from './apply-change.ts';

export interface AgentClientsNeeds {
  readonly settings: SettingsStore;
  readonly ledger: AgentRecords & AuditTrail & WriteLock;
  readonly store: Store;
  readonly clock: Clock;
}

/** The settings that apply to one client, with the defaults filled in. */
export interface ClientRules {
  readonly permission: AgentPermission;
  readonly decided: boolean;
  readonly maxTasks: number;
  readonly runsPerHour: number;
  /** Null for no limit. */
  readonly budget: Budget | null;
  readonly revokedAt: string | null;
}

/** Manages the MCP clients: what each may do, what it has done, and whose access is revoked. */
export class AgentClients {
  readonly #needs: AgentClientsNeeds;

  constructor(needs: AgentClientsNeeds) {
    this.#needs = needs;
  }

  rules(name: string): ClientRules {
    const { clients, ...defaults } = this.#needs.settings.read().agents;
    const own = entryOfAgent(clients, name) ?? {};
    return {
      permission: own.permission ?? defaults.permission,
      decided: own.permission !== undefined,
      maxTasks: own.maxTasks ?? defaults.maxTasks,
      runsPerHour: own.runsPerHour ?? defaults.runsPerHour,
      budget: own.budget ?? null,
      revokedAt: own.revokedAt ?? null,
    };
  }

  /** Records that the client connected. @throws SchedulerError `store/…`. */
  saw({ name, version }: AgentIdentity): void {
    this.#needs.ledger.sawClient(name, version, this.#needs.clock.nowIso());
  }

  /** @throws SchedulerError `agent/revoked`, `agent/no-access`. */
  assertMayLook({ name }: AgentIdentity): void {
    const { revokedAt, permission } = this.rules(name);
    if (revokedAt === null) {
      if (permission !== 'none') return;
      const refusal = `"${name}" has no access to the user's tasks. Tell the user that only they can give it, in Settings, Agents, or with \`ncp-scheduler agents set\`.`;
      throw new SchedulerError('agent/no-access', refusal, { client: name });
    }
    const message = `The user revoked the access of "${name}" on ${revokedAt}. Tell the user that only they can restore it, in Settings, Agents, or with \`ncp-scheduler agents set\`.`;
    throw new SchedulerError('agent/revoked', message, { client: name, revokedAt });
  }

  /** @throws SchedulerError `agent/revoked`, `agent/no-access`, `agent/read-only`. */
  assertMayAsk(client: AgentIdentity): void {
    this.assertMayLook(client);
    if (this.rules(client.name).permission !== 'read-only') return;
    const message = `"${client.name}" has read-only access: it cannot change or run anything. Tell the user that only they can allow more, in Settings, Agents.`;
    throw new SchedulerError('agent/read-only', message, { client: client.name });
  }

  /**
   * Checks the limits of a client for one more change.
   * @param waiting pending changes of this client, where they count towards the limits.
   * @throws SchedulerError `agent/task-limit`, `agent/run-limit`.
   */
  assertWithinLimits(client: AgentIdentity, change: ProposedChange, waiting: readonly ProposedChange[] = []): void {
    if (change.action === 'create') {
      this.#assertMayOwnMore(client, waiting.filter(({ action }) => action === 'create').length);
    }
    const runs = runsOf(change);
    const waitingRuns = waiting.reduce((sum, each) => sum + runsOf(each), 0);
    if (runs > 0) this.#assertMayRun(client, waitingRuns, runs);
  }

  /**
   * Repeats the checks at the moment of writing: parallel requests must not exceed a limit together, and a client whose
   * access was revoked while its tool was being checked must not change anything.
   */
  guard(client: AgentIdentity): Required<Pick<ChangeGuard, 'creating' | 'existing' | 'undoing' | 'running'>> {
    return {
      creating: () => {
        this.assertMayLook(client);
        this.#assertMayOwnMore(client, 0);
      },
      existing: () => this.assertMayLook(client),
      undoing: (task) => {
        this.assertMayLook(client);
        // Undoing a deletion brings a task back.
        if (task === null) this.#assertMayOwnMore(client, 0);
      },
      running: (count = 1) => {
        this.assertMayLook(client);
        this.#assertMayRun(client, 0, count);
      },
    };
  }

  #assertMayOwnMore({ name }: AgentIdentity, waiting: number): void {
    const { maxTasks } = this.rules(name);
    const owned = this.tasksOf(name).length + waiting;
    if (owned < maxTasks) return;
    const message = `"${name}" has ${owned} tasks, including proposed ones, and its limit is ${maxTasks}. Delete some first, or ask the user to raise the limit in Settings, Agents.`;
    throw new SchedulerError('agent/task-limit', message, { client: name, owned, limit: maxTasks });
  }

  #assertMayRun({ name }: AgentIdentity, waiting: number, wanted: number): void {
    const { runsPerHour } = this.rules(name);
    const runs = this.#runsLastHour(name) + waiting;
    if (runs + wanted <= runsPerHour) return;
    const left = Math.max(0, runsPerHour - runs);
    const several = `"${name}" asked for ${wanted} runs, but can start only ${left} more in this hour: its limit is ${runsPerHour}. Choose a shorter period, or ask the user to raise the limit in Settings, Agents.`;
    const one = `"${name}" had ${runs} runs in the last hour, including proposed ones, and its limit is ${runsPerHour}. Wait, or ask the user to raise the limit in Settings, Agents.`;
    const message = wanted > 1 ? several : one;
    throw new SchedulerError('agent/run-limit', message, { client: name, runs, limit: runsPerHour });
  }

  /** Returns the tasks that the client created and that still exist. */
  tasksOf(name: string): Task[] {
    return Object.values(this.#needs.store.read().tasks).filter((task) => ownerOf(task) === name);
  }

  list(): AgentClient[] {
    const seen = grouped(this.#needs.ledger.seenClients());
    const configured = Object.keys(this.#needs.settings.read().agents.clients).map(agentName);
    return [...new Set([...seen.keys(), ...configured])].map((name) => this.#view(name, seen.get(name) ?? []));
  }

  /** @throws SchedulerError `agent/not-found`. */
  get(given: string): AgentClient {
    const name = agentName(given);
    const found = this.list().find((client) => client.name === name);
    if (found !== undefined) return found;
    throw new SchedulerError(
      'agent/not-found',
      `No agent named "${name}" has ever connected, and the settings have no entry for it.`,
      {
        client: name,
        known: this.list().map((client) => client.name),
      },
    );
  }

  /** Sets what a client may do. Giving a revoked client a permission restores its access. */
  change(name: string, change: AgentClientChange, author: string): AgentClient {
    return this.#write(name, author, 'agent.change', (own) => {
      const { permission, maxTasks, runsPerHour, budget } = change;
      const { revokedAt, ...rest } = own;
      const kept = permission === undefined && revokedAt !== undefined ? own : rest;
      return withoutNulls({
        ...kept,
        ...(permission !== undefined && { permission }),
        ...(maxTasks !== undefined && { maxTasks }),
        ...(runsPerHour !== undefined && { runsPerHour }),
        ...(budget !== undefined && { budget }),
      });
    });
  }

  /** Revokes all access of a client, reading included. */
  revoke(name: string, author: string): AgentClient {
    return this.#write(name, author, 'agent.revoke', (own) => ({
      ...own,
      revokedAt: own.revokedAt ?? this.#needs.clock.nowIso(),
    }));
  }

  #write(
    given: string,
    author: string,
    action: string,
    edit: (own: AgentClientSettings) => AgentClientSettings,
  ): AgentClient {
    const { settings, ledger } = this.#needs;
    const name = agentName(given);
    ledger.withWriteLock(() => {
      const { agents } = settings.read();
      const before = entryOfAgent(agents.clients, name) ?? {};
      const after = edit(before);
      settings.update({ agents: { ...agents, clients: { ...agents.clients, [name]: after } } });
      ledger.audit({
        at: this.#needs.clock.nowIso(),
        author,
        action,
        taskId: null,
        before: { name, ...before },
        after: { name, ...after },
      });
    });
    return this.#view(name, grouped(ledger.seenClients()).get(name) ?? []);
  }

  #view(name: string, seen: readonly SeenClient[]): AgentClient {
    const [latest] = seen;
    const pending = this.#needs.ledger.proposals({ client: name, state: 'pending' }, { limit: 1, offset: 0 }).total;
    return {
      name,
      version: latest?.version ?? null,
      versions: seen.map(({ version }) => version),
      firstSeenAt: seen.map(({ firstSeenAt }) => firstSeenAt).sort()[0] ?? null,
      lastSeenAt: latest?.lastSeenAt ?? null,
      ...this.rules(name),
      tasks: this.tasksOf(name).length,
      runsLastHour: this.#runsLastHour(name),
      pending,
    };
  }

  #runsLastHour(name: string): number {
    return this.#needs.ledger.agentRuns(name, new Date(this.#needs.clock.now() - hourMs).toISOString());
  }
}

function ownerOf({ createdBy }: Task): string | null {
  return createdBy === undefined ? null : (agentOfAuthor(createdBy)?.name ?? null);
}

/** Returns how many runs a change starts. */
function runsOf(change: ProposedChange): number {
  if (change.action === 'backfill') return change.slots.length;
  const runs =
    change.action === 'create' || change.action === 'update'
      ? change.testRun === true
      : change.action === 'trigger' || change.action === 'test';
  return runs ? 1 : 0;
}

function grouped(seen: readonly SeenClient[]): Map<string, SeenClient[]> {
  const byName = new Map<string, SeenClient[]>();
  for (const client of seen) byName.set(client.name, [...(byName.get(client.name) ?? []), client]);
  return byName;
}

function withoutNulls(settings: Readonly<Record<string, unknown>>): AgentClientSettings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== null));
}
