import pLimit, { type LimitFunction } from 'p-limit';
import { isMcpTool } from '../../contract/built-in/built-ins.ts';
import type { Execution } from '../../contract/execution.ts';
import type { Task } from '../../contract/task.ts';
import { askedWaitMs } from '../../domain/policy/retry-after.ts';
import { retryDelay } from '../../domain/policy/retry.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import type { Attempt } from '../runs/attempts/attempt.ts';
import type { SlotGrant } from '../fleet/slots/fleet-claims.ts';
import type { FleetGate } from '../fleet/slots/fleet-gate.ts';
import type { BudgetNews } from '../budgets/budget-news.ts';
import type { RefusedRuns } from '../budgets/refused-runs.ts';
import type { BudgetRefusal } from '../budgets/budgets.ts';
import type { AttemptRunner } from '../runs/attempts/attempt-runner.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import type { HeldSlot } from './held-slot.ts';
import type { StoppableWaits } from './stoppable-waits.ts';

export interface TaskAttemptsNeeds {
  readonly store: Store;
  readonly planner: Pick<SlotPlanner, 'policies'>;
  readonly attempts: AttemptRunner;
  readonly waits: StoppableWaits;
  readonly budgetNews: Pick<BudgetNews, 'refused'>;
  readonly refusedRuns: Pick<RefusedRuns, 'add'>;
  readonly fleet: Pick<FleetGate, 'distrust'>;
  readonly logger: Logger;
  /**
   * Limit of concurrent executions in this process. Read at each use, because settings can change while the app runs.
   */
  concurrencyLimit(): number;
  /** 0 to 1, for retry jitter. */
  random(): number;
}

interface FirstAttempt extends Pick<Attempt, 'task' | 'slot' | 'after'> {
  /** `retry`: a run of another member of the fleet was lost, and this is the next attempt. */
  readonly trigger: 'schedule' | 'catch-up' | 'chain' | 'retry';
  /** @default 1 */
  readonly attempt?: number;
  /** Absent for a run without a slot. */
  readonly held?: HeldSlot;
  /** Called if the budget keeps the first attempt from starting. */
  readonly onRefused?: (refusal: BudgetRefusal) => void;
  /** Called if the fleet does not let this machine run the first attempt. */
  readonly onUnclaimed?: (grant: Unclaimed) => void;
}

type Unclaimed = Exclude<SlotGrant, { readonly kind: 'won' }>;

/** Runs tasks with their retries, and the tasks that run after them, all at once up to the limit. */
export class TaskAttempts {
  readonly #needs: TaskAttemptsNeeds;
  readonly #limit: LimitFunction;

  constructor(needs: TaskAttemptsNeeds) {
    this.#needs = needs;
    this.#limit = pLimit(needs.concurrencyLimit());
  }

  /** Applies the current limit to waiting executions; running ones continue. */
  adoptLimit(): void {
    this.#limit.concurrency = this.#needs.concurrencyLimit();
  }

  /** Runs when the number of runs in this process allows it. */
  limited<T>(run: () => Promise<T>): Promise<T> {
    this.adoptLimit();
    return this.#limit(run);
  }

  /** Runs a task until an attempt succeeds or no retry is left, and returns all attempts. */
  async run({
    task,
    slot,
    trigger,
    attempt: from = 1,
    after,
    held,
    onRefused,
    onUnclaimed,
  }: FirstAttempt): Promise<Execution[]> {
    const policies = this.#needs.planner.policies(task);
    const executions: Execution[] = [];
    if (this.#limit.activeCount >= this.#limit.concurrency) held?.waits('turn');
    for (let attempt = from; ; attempt += 1) {
      const execution = await this.limited(async () => {
        const started = await this.#needs.attempts.start({
          task,
          policies,
          trigger: attempt === from ? trigger : 'retry',
          slot,
          attempt,
          first: executions[0]?.executionId,
          after,
          onRefused:
            (attempt === from ? onRefused : undefined) ??
            ((refusal) => this.#refused(task, refusal, refusedText(executions.at(-1), after))),
          onUnclaimed: (attempt === from ? onUnclaimed : undefined) ?? ((grant) => this.#unclaimed(task, grant)),
        });
        held?.settled();
        return started?.finished;
      });
      if (execution === undefined) return executions;
      executions.push(execution);
      const delayMs = this.#retryDelay(policies.retries, execution);
      if (delayMs === null) return executions;
      await this.#needs.waits.for(delayMs);
      if (this.#needs.waits.stopped) return executions;
    }
  }

  /** Runs the tasks that run after this one, now that it has ended, and returns all attempts. */
  follow(task: Task, ended: Execution): Promise<Execution[]> {
    return this.#follow(task, ended, new Set([task.id]));
  }

  /** A retry or a run after another task: it has no slot of its own that could hold the reason. */
  #refused(task: Task, refusal: BudgetRefusal, what: string): void {
    this.#needs.logger.info('A budget kept a run from starting', { task: task.name, budget: refusal.detail });
    this.#needs.budgetNews.refused(task, refusal);
    this.#needs.refusedRuns.add(task, refusal, what);
  }

  /** A retry: the reason of the slot is that of its first attempt. */
  #unclaimed(task: Task, grant: Unclaimed): void {
    const why = grant.kind === 'own' ? 'another process of this machine makes it' : grant.detail;
    this.#needs.logger.info('The fleet kept a retry from starting', { task: task.name, why });
  }

  #retryDelay(
    rule: Parameters<typeof retryDelay>[0],
    { status, exitCode, attempt, tool, result, error }: Execution,
  ): number | null {
    if (status === 'running' || status === 'skipped') return null;
    const askedMs = isMcpTool(tool) ? null : askedWaitMs(result);
    return retryDelay(rule, { status, exitCode, attempt, error, askedMs }, this.#needs.random());
  }

  /** `seen` stops circles saved by versions that did not refuse them. */
  async #follow(task: Task, ended: Execution, seen: ReadonlySet<string>): Promise<Execution[]> {
    const followers = Object.values(this.#needs.store.read().tasks).filter(
      (candidate) => candidate.status === 'active' && !seen.has(candidate.id) && follows(candidate, task.id, ended),
    );
    const runs = followers.map(async (follower) => {
      if (await this.#isDistrusted(follower)) return [];
      const executions = await this.run({ task: follower, slot: null, trigger: 'chain', after: ended });
      const last = executions.at(-1);
      if (last === undefined) return [];
      return [...executions, ...(await this.#follow(follower, last, new Set([...seen, follower.id])))];
    });
    return (await Promise.all(runs)).flat();
  }

  async #isDistrusted(follower: Task): Promise<boolean> {
    const why = await this.#needs.fleet.distrust(follower);
    if (why !== null) this.#needs.logger.warn('A task did not run after another one', { task: follower.name, why });
    return why !== null;
  }
}

/** Returns which run did not start: the retry of a run, or a follow-up. */
function refusedText(retried: Execution | undefined, after: Attempt['after']): string {
  if (retried !== undefined) return `run ${retried.executionId} was not retried`;
  return after === undefined ? 'it did not start' : `it would have run after "${after.taskName}"`;
}

function follows(candidate: Task, taskId: string, ended: Execution): boolean {
  const links = candidate.policies?.after ?? [];
  return links.some(({ taskId: id, on }) => {
    if (id !== taskId) return false;
    return on === 'end' || (on === 'success') === (ended.status === 'success');
  });
}
