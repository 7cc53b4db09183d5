import { budgetLimits, budgetUseText, type Budget, type BudgetPeriod, type BudgetUse } from '../../contract/budget.ts';
import type { Settings } from '../../contract/settings.ts';
import type { Task } from '../../contract/task.ts';
import { agentOfAuthor, entryOfAgent } from '../../domain/agent-client.ts';
import { budgetDays, budgetUses, periodEnd, reachedLimit } from '../../domain/policy/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { UsageSums } from '../../ports/ledger/run-totals.ts';

export interface BudgetsNeeds {
  readonly ledger: UsageSums;
  readonly clock: Clock;
  readonly settings: { read(): Settings };
  /** IANA zone of this machine, in which the days of agents' budgets begin. */
  readonly timezone: () => string;
}

/** Stands for all agents together. No agent has this name. */
const allAgents = '*';

/** What has a budget, and how much of it is used. */
export interface AccountUse {
  /** The agent's name, or `*` for all agents together; null for the task itself. */
  readonly agent: string | null;
  readonly uses: BudgetUse[];
}

/** Why a task starts no run by itself now. */
export interface BudgetRefusal {
  /** `3 of 3 runs today`. */
  readonly detail: string;
  readonly period: BudgetPeriod;
  /** When the day or month ends whose budget is used up: two refusals of one period have the same. */
  readonly periodEndMs: number;
}

interface Account {
  readonly name: string;
  readonly agent: string | null;
  readonly zone: string;
}

/** Knows what tasks and agents may use, and what they have used in the day and month of now. */
export class Budgets {
  readonly #needs: BudgetsNeeds;

  constructor(needs: BudgetsNeeds) {
    this.#needs = needs;
  }

  /** Returns the accounts on which a run of the task counts that starts now, each with the day in its own zone. */
  accountsOf(task: Task): Record<string, string> {
    const nowMs = this.#needs.clock.now();
    return Object.fromEntries(this.#accounts(task).map(({ name, zone }) => [name, budgetDays(nowMs, zone).day]));
  }

  /** Returns whether any budget applies to the task. Reads no run. */
  limits(task: Task): boolean {
    return this.#accounts(task).some((account) => this.#limitsOf(account, task).length > 0);
  }

  /** Returns why no slot, retry or follow-up of the task may start now; null if it may. */
  refusal(task: Task): BudgetRefusal | null {
    const nowMs = this.#needs.clock.now();
    const refusals = this.#accounts(task).flatMap((account) => {
      const use = reachedLimit(this.#usesOf(account, task, nowMs));
      if (use === null) return [];
      const detail = `${ownerText(account.agent)}${budgetUseText(use)}`;
      return { detail, period: use.period, periodEndMs: periodEnd(use.period, nowMs, account.zone) };
    });
    // The one that lasts longest: the others do not matter before it ends.
    return refusals.sort((a, b) => b.periodEndMs - a.periodEndMs)[0] ?? null;
  }

  /** Returns how much is used of every budget that applies to the task, its own first. */
  usesOf(task: Task): AccountUse[] {
    const nowMs = this.#needs.clock.now();
    return this.#accounts(task).flatMap((account) => {
      const uses = this.#usesOf(account, task, nowMs);
      return uses.length === 0 ? [] : { agent: account.agent, uses };
    });
  }

  #limitsOf({ agent }: Account, task: Task): Omit<BudgetUse, 'used'>[] {
    const budget = agent === null ? task.policies?.budget : this.#budgetOfAgent(agent);
    return budget === undefined ? [] : budgetLimits(budget);
  }

  #usesOf(account: Account, task: Task, nowMs: number): BudgetUse[] {
    const limits = this.#limitsOf(account, task);
    if (limits.length === 0) return [];
    const { name, zone } = account;
    const { day, month } = budgetDays(nowMs, zone);
    const spent = (from: string) => this.#needs.ledger.usage(name, from, new Date(nowMs).toISOString());
    return budgetUses(limits, { day: spent(day), month: spent(month) });
  }

  #accounts(task: Task): Account[] {
    const own = { name: `task:${task.id}`, agent: null, zone: task.timezone };
    const agent = task.createdBy === undefined ? null : agentOfAuthor(task.createdBy);
    if (agent === null) return [own];
    const zone = this.#needs.timezone();
    const ofAgents = [agent.name, allAgents].map((each) => ({ name: `agent:${each}`, agent: each, zone }));
    return [own, ...ofAgents];
  }

  #budgetOfAgent(agent: string): Budget | undefined {
    const { clients, totalBudget } = this.#needs.settings.read().agents;
    if (agent === allAgents) return totalBudget;
    return entryOfAgent(clients, agent)?.budget;
  }
}

function ownerText(agent: string | null): string {
  if (agent === null) return '';
  return agent === allAgents ? 'all agents together: ' : `agent ${agent}: `;
}
