import { executionFilterSchema, type Execution, type SlotRecord } from '../../contract/execution.ts';
import { failureHeadline } from '../../contract/failure-headline.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { figuredRuns, stripRuns, type Strip, type StripRun, type TaskReport } from '../../contract/task-report.ts';
import { usualDuration } from '../../contract/usual-duration.ts';
import { runFigures } from './figures/run-figures.ts';
import { runHints } from './figures/run-hints.ts';
import { stripOf } from './figures/strip.ts';
import { runFailed } from '../../domain/statuses.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { SlotClaims } from '../../ports/ledger/claims.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { Store } from '../../ports/store.ts';
import type { ComingRuns } from '../schedule/coming-runs.ts';
import type { TaskUsages } from '../budgets/task-usage.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { findTask, findTiming } from '../schedule/task-lookup.ts';
import { neverRan } from './never-ran.ts';
import { nextOfTask } from './next-of-task.ts';
import { pauseOfTask } from './pause-authors.ts';

export interface TaskReportsNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: Pick<AuditTrail, 'changes'> & Pick<SlotClaims, 'skippedSlots'> & ExecutionPages & RunStates;
  readonly clock: Clock;
  readonly planner: Pick<SlotPlanner, 'plan' | 'slots' | 'dayOff'>;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
  readonly usages: Pick<TaskUsages, 'of'>;
}

/** Test runs are read too and then left out, so more runs are read than shown. */
const readRuns = figuredRuns + 20;
/** Limit of slots that did not run, latest first. */
const slotLimit = 1000;
/** More marks than this would be too narrow to click. */
const stripMarks = 120;
const stripsOfGroup = 200;
/** Runs in the strip of a task on the page of its group. */
const groupStripRuns = 20;

/** Computes what the pages of tasks and groups show, from the schedule and the latest runs in the ledger. */
export class TaskReports {
  readonly #needs: TaskReportsNeeds;

  constructor(needs: TaskReportsNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError `task/not-found`, `task/ambiguous`. */
  task(idOrName: string): TaskReport {
    const { store, ledger, clock, coming } = this.#needs;
    const file = store.read();
    const task = findTask(file, idOrName);
    const { executions, total } = this.#runs(task.id, readRuns);
    const runs = executions.slice(0, figuredRuns);
    const failure = runs.find(({ status }) => runFailed.has(status));
    return {
      strip: this.#strip(task, file, runs.slice(0, stripRuns)),
      figures: runFigures(runs, total > runs.length, usualDuration),
      hints: runHints({ runs, ...neverRan(task, ledger.runState([task.id]).get(task.id), clock.now(), coming) }),
      next: nextOfTask(task, file, clock.now(), this.#needs.planner),
      lastFailure: failure === undefined ? null : failureFacts(failure),
      usage: this.#needs.usages.of(task),
      pausedBy: task.status === 'paused' ? pauseOfTask(ledger, task.id) : null,
    };
  }

  /** @throws SchedulerError `timing/not-found`. */
  group(timingId: string): { strips: Record<string, Strip> } {
    const file = this.#needs.store.read();
    const tasks = findTiming(file, timingId).taskIds.flatMap((id) => file.tasks[id] ?? []);
    const shown = tasks.sort((left, right) => left.name.localeCompare(right.name)).slice(0, stripsOfGroup);
    const strips = shown.map((task) => {
      const { executions } = this.#runs(task.id, groupStripRuns + 5);
      return [task.id, this.#strip(task, file, executions.slice(0, groupStripRuns))];
    });
    return { strips: Object.fromEntries(strips) as Record<string, Strip> };
  }

  /** Returns the latest runs without test runs, newest first, and the number of all runs that count. */
  #runs(taskId: string, limit: number): { executions: Execution[]; total: number } {
    const page = this.#needs.ledger.list(executionFilterSchema.parse({ taskId, limit }));
    const executions = page.executions.filter(({ trigger }) => trigger !== 'test');
    return { executions, total: page.total - (page.executions.length - executions.length) };
  }

  #strip(task: Task, file: ScheduleFile, runs: readonly Execution[]): Strip {
    // Before the oldest run that is shown, a slot would be a mark without the runs around it.
    const since = runs.length < stripRuns ? task.createdAt : (runs.at(-1)?.startedAt ?? task.createdAt);
    return stripOf(runs.map(stripRun), this.#notRun(task, file, since)).slice(-stripMarks);
  }

  /** Returns the slots that did not run: those recorded, and those that the next fire would record. */
  #notRun(task: Task, file: ScheduleFile, since: string): SlotRecord[] {
    const { ledger, planner } = this.#needs;
    const sinceMs = Date.parse(since);
    const open = planner.plan(task, file).flatMap((plan): SlotRecord[] => {
      if (plan.action === 'run' || plan.slotMs < sinceMs) return [];
      const { reason, detail } = plan;
      const slot = new Date(plan.slotMs).toISOString();
      return [{ taskId: task.id, slot, state: 'unaccounted', reason, detail, executionId: null, recordedAt: null }];
    });
    return [...ledger.skippedSlots([task.id], since, slotLimit), ...open.slice(-slotLimit)];
  }
}

const reasonOf = (execution: Execution): string | null => {
  const headline = failureHeadline(execution);
  return headline === '' ? (execution.doubt?.message ?? null) : headline;
};

const stripRun = (execution: Execution): StripRun => {
  const { executionId, startedAt, duration, status, trigger, attempt, doubt } = execution;
  return {
    ...{ kind: 'run', executionId, startedAt, duration, status, trigger, attempt },
    reason: reasonOf(execution),
    doubtful: doubt !== undefined,
  };
};

const failureFacts = (execution: Execution) => ({
  executionId: execution.executionId,
  at: execution.startedAt,
  reason: reasonOf(execution) ?? '',
});
