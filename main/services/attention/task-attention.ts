import type { Attention } from '../../contract/attention.ts';
import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { countedRuns, usualDuration } from '../../contract/usual-duration.ts';
import { attentionNeeds, lateStartMs, type OpenSlot, type RunningFacts } from '../../domain/policy/attention-needs.ts';
import { attentionRules, type AttentionRules, type PolicyDefaults } from '../../domain/policy/resolved-policies.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { RunState, RunStates } from '../../ports/ledger/run-state.ts';
import { BudgetNews } from '../budgets/budget-news.ts';
import type { Budgets } from '../budgets/budgets.ts';
import { slotJitter } from '../schedule/slot-jitter.ts';
import { isAllPaused } from '../schedule/all-paused.ts';
import { isRunnable, type SlotPlanner } from '../schedule/slot-planner.ts';
import { credentialProblems } from '../credentials/credential-news.ts';
import { describedCredentials, describedNeed, describedRefusal } from './attention-words.ts';

export interface TaskAttentionNeeds {
  readonly ledger: ExecutionRecords & ExecutionPages & RunStates & Marks;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'open' | 'policies'>;
  readonly budgets: Pick<Budgets, 'limits' | 'refusal'>;
  /** Read at each call, because settings can change while the app runs. */
  defaults(): PolicyDefaults;
}

/** Tells which tasks are late, take too long, are overdue, have used up a budget or cannot sign in. Everything follows from the schedule and the ledger. */
export class TaskAttention {
  readonly #needs: TaskAttentionNeeds;
  readonly #news: BudgetNews;
  /** What each running task usually took when its run was first looked at. */
  #usual = new Map<string, number | null>();

  constructor(needs: TaskAttentionNeeds) {
    this.#needs = needs;
    this.#news = new BudgetNews(needs);
  }

  /** Returns what needs attention now, by task id. Tasks that need none are left out. */
  of(tasks: readonly Task[], file: ScheduleFile): Map<string, Attention[]> {
    const found = this.#watched(tasks, file);
    for (const task of tasks) {
      const refused = this.#refused(task, file);
      if (refused !== null) found.set(task.id, [...(found.get(task.id) ?? []), refused]);
    }
    const locked = credentialProblems(this.#needs.ledger);
    for (const task of tasks) {
      const problem = locked[task.id];
      if (problem !== undefined && task.status === 'active')
        found.set(task.id, [...(found.get(task.id) ?? []), describedCredentials(problem)]);
    }
    return found;
  }

  /** Returns what a budget keeps from running. A budget that is used up needs no attention until it does. */
  #refused(task: Task, file: ScheduleFile): Attention | null {
    const { budgets, clock } = this.#needs;
    const nowMs = clock.now();
    if (!budgets.limits(task) || !isRunnable(task, nowMs) || isAllPaused(file, nowMs)) return null;
    const since = this.#news.since(task);
    // A person may have raised it since.
    const refusal = since === null ? null : budgets.refusal(task);
    return since === null || refusal === null ? null : describedRefusal(task, refusal, since.sinceMs);
  }

  #watched(tasks: readonly Task[], file: ScheduleFile): Map<string, Attention[]> {
    const defaults = this.#needs.defaults();
    const watched = tasks.flatMap((task) => {
      const rules = attentionRules(task.policies, defaults);
      return isWatched(rules) ? [{ task, rules }] : [];
    });
    if (watched.length === 0) return new Map();
    const states = this.#needs.ledger.runState(watched.map(({ task }) => task.id));
    const running = this.#running();
    const found = new Map<string, Attention[]>();
    for (const { task, rules } of watched) {
      const attention = this.#ofTask(task, file, { rules, state: states.get(task.id), running: running.get(task.id) });
      if (attention.length > 0) found.set(task.id, attention);
    }
    return found;
  }

  /** Returns by how many ms the first attempt of a slot started too late; null if it was in time, or has no limit. */
  lateStart(task: Task, { trigger, slot, startedAt }: Execution): number | null {
    if (slot === null || (trigger !== 'schedule' && trigger !== 'catch-up')) return null;
    return this.lateStartOf(task, Date.parse(slot), Date.parse(startedAt));
  }

  /** As `lateStart`, for a slot of which only the start is known. */
  lateStartOf(task: Task, slotMs: number, startedMs: number): number | null {
    const { jitterMs, attention } = this.#needs.planner.policies(task);
    return lateStartMs(startedMs, openSlot(task, slotMs, jitterMs), attention);
  }

  #ofTask(
    task: Task,
    file: ScheduleFile,
    known: {
      readonly rules: AttentionRules;
      readonly state: RunState | undefined;
      readonly running: readonly Execution[] | undefined;
    },
  ): Attention[] {
    const { planner, clock } = this.#needs;
    const nowMs = clock.now();
    const armedMs = Date.parse(task.armedAt ?? task.createdAt);
    const lastSuccessMs = known.state?.lastSuccessAt == null ? null : Date.parse(known.state.lastSuccessAt);
    const running = known.running ?? [];
    const { jitterMs } = planner.policies(task);
    const needs = attentionNeeds({
      nowMs,
      rules: known.rules,
      open:
        known.rules.lateAfterMs === null
          ? []
          : planner.open(task, file).map((slotMs) => openSlot(task, slotMs, jitterMs)),
      running: running.map((execution) => this.#runningFacts(execution, known.rules)),
      lastGoodMs: Math.max(armedMs, lastSuccessMs ?? 0),
      isActive: isRunnable(task, nowMs) && !isAllPaused(file, nowMs),
    });
    const facts = { nowMs, lastSuccessMs, armedMs, isRunning: running.length > 0 };
    return needs.map((need) => describedNeed(need, facts));
  }

  #runningFacts({ executionId, taskId, startedAt }: Execution, { longAfter }: AttentionRules): RunningFacts {
    const usualMs = longAfter?.factor === undefined ? null : this.#usualMs(executionId, taskId);
    return { executionId, startedMs: Date.parse(startedAt), usualMs };
  }

  /** Read once for each run: a hundred runs for each look would be the greatest part of the work. */
  #usualMs(executionId: string, taskId: string): number | null {
    const known = this.#usual.get(executionId);
    if (known !== undefined) return known;
    const filter = executionFilterSchema.parse({ taskId, status: 'success', limit: countedRuns });
    const durations = this.#needs.ledger.list(filter).executions.flatMap(({ duration }) => duration ?? []);
    const usual = usualDuration(durations);
    this.#usual.set(executionId, usual);
    return usual;
  }

  /** Returns the runs in progress by task. A test run is watched by the person who started it. */
  #running(): Map<string, Execution[]> {
    const byTask = new Map<string, Execution[]>();
    const ids = new Set<string>();
    for (const { execution } of this.#needs.ledger.running()) {
      ids.add(execution.executionId);
      if (execution.trigger === 'test') continue;
      byTask.set(execution.taskId, [...(byTask.get(execution.taskId) ?? []), execution]);
    }
    for (const executionId of this.#usual.keys()) if (!ids.has(executionId)) this.#usual.delete(executionId);
    return byTask;
  }
}

const isWatched = ({ lateAfterMs, longAfter, overdueAfterMs }: AttentionRules): boolean =>
  lateAfterMs !== null || longAfter !== null || overdueAfterMs !== null;

const openSlot = (task: Task, slotMs: number, jitterMs: number): OpenSlot => ({
  slotMs,
  delayMs: slotJitter(task.id, slotMs, jitterMs),
});
