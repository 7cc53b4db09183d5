import type { TaskUsage } from '../../contract/budget.ts';
import { executionFilterSchema } from '../../contract/execution.ts';
import { agentResultOf } from '../../contract/agent-result.ts';
import type { Task } from '../../contract/task.ts';
import { dayMs } from '../../domain/durations.ts';
import { forecastDays, forecastOf } from '../../domain/policy/budget.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import { isRunnable, type SlotPlanner } from '../schedule/slot-planner.ts';
import type { Budgets } from './budgets.ts';

/** The forecast follows from the means of so many of the latest runs. */
const countedRuns = 20;
/** A task with this many slots a day is taken to have as many on each day. */
const manySlots = 100;

export interface TaskUsagesNeeds {
  readonly ledger: ExecutionPages;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'slots' | 'dayOff'>;
  readonly budgets: Pick<Budgets, 'usesOf'>;
}

/** Tells what a task has used of its budgets, and about what it will use. */
export class TaskUsages {
  readonly #needs: TaskUsagesNeeds;

  constructor(needs: TaskUsagesNeeds) {
    this.#needs = needs;
  }

  of(task: Task): TaskUsage {
    const { ledger, budgets } = this.#needs;
    const filter = executionFilterSchema.parse({ taskId: task.id, limit: countedRuns });
    const ended = ledger
      .list(filter)
      .executions.filter(({ completedAt, trigger }) => completedAt !== null && trigger !== 'test');
    const runs = ended.map((run) => ({ runMs: run.duration ?? 0, costUsd: agentResultOf(run)?.costUsd ?? null }));
    return { budgets: budgets.usesOf(task), forecast: runs.length === 0 ? null : forecastOf(runs, this.#coming(task)) };
  }

  /** Returns the number of slots in the days of the forecast at which the task runs. */
  #coming(task: Task): number {
    const nowMs = this.#needs.clock.now();
    if (!isRunnable(task, nowMs)) return 0;
    const endMs = Math.min(
      nowMs + forecastDays * dayMs,
      task.endDate === undefined ? Infinity : Date.parse(task.endDate),
    );
    const startMs = Math.max(nowMs, task.startDate === undefined ? 0 : Date.parse(task.startDate) - 1);
    const firstDay = this.#slots(task, startMs, Math.min(endMs, startMs + dayMs));
    const days = Math.max(0, endMs - startMs) / dayMs;
    return firstDay >= manySlots ? Math.round(firstDay * Math.max(1, days)) : this.#slots(task, startMs, endMs);
  }

  #slots(task: Task, afterMs: number, untilMs: number): number {
    const { planner } = this.#needs;
    if (untilMs <= afterMs) return 0;
    const slots = planner.slots(task, afterMs, untilMs, manySlots * forecastDays);
    return slots.filter((slotMs) => planner.dayOff(task, slotMs) === null).length;
  }
}
