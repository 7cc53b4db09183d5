import { failureHeadline } from '../../contract/failure-headline.ts';
import { hasNoTimes, onceAt, skipsNextEvent } from '../../contract/schedule-rule.ts';
import type { Execution } from '../../contract/execution.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import { messageOf } from '../../domain/errors.ts';
import { furthestMoveMs } from '../../domain/calendars/calendar-slots.ts';
import { nextSlots } from '../../domain/timing/slots.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { movesSlots } from '../schedule/timing-groups.ts';
import type { TaskManager } from '../tasks/task-manager.ts';

export interface TaskCompletionNeeds {
  readonly store: Store;
  readonly ledger: RunStates;
  readonly clock: Clock;
  readonly tasks: TaskManager;
  readonly planner: Pick<SlotPlanner, 'slots'>;
  readonly logger: Logger;
}

/**
 * Completes a task that reached its limit, its end date or its only slot, and pauses a task after repeated failures.
 */
export class TaskCompletion {
  readonly #needs: TaskCompletionNeeds;

  constructor(needs: TaskCompletionNeeds) {
    this.#needs = needs;
  }

  /** Call after the last attempt of a slot. */
  async afterSlot(task: Task, last: Execution): Promise<void> {
    const state = this.#needs.ledger.runState([task.id]).get(task.id);
    const limit = task.fireOnce === true ? 1 : task.maxExecutions;
    if (limit !== undefined && (state?.successfulSlots ?? 0) >= limit) {
      await this.#guarded(task, () => this.#needs.tasks.complete(task.id, 'completed', null));
      return;
    }
    const failures = state?.consecutiveFailures ?? 0;
    const most = task.policies?.pauseAfterFailures;
    if (last.status !== 'success' && last.status !== 'skipped' && most !== undefined && failures >= most) {
      const note = `Paused automatically after ${failures} failures in a row. The last failure: ${failureHeadline(last) || last.status}`;
      await this.#guarded(task, () => this.#needs.tasks.pause(task.id, { note }, 'scheduler'));
      return;
    }
    if (mayEnd(task)) await this.ifOver(task.id);
  }

  /** Call after a slot was skipped on request: of events, only the next is skipped. */
  async afterSkip(task: Task): Promise<void> {
    if (skipsNextEvent(task)) await this.#guarded(task, async () => this.#needs.tasks.endSkip(task.id));
  }

  /** Completes an active task without future slots: a one-shot after its instant, any task after its end date. */
  async ifOver(taskId: string): Promise<void> {
    const task = activeTask(this.#needs.store.read(), taskId);
    if (task === null || this.#hasFutureSlot(task)) return;
    const ran = (this.#needs.ledger.runState([taskId]).get(taskId)?.executionCount ?? 0) > 0;
    const missed = 'Missed: the scheduler was not running when the task was due. Give it a new date, or run it now.';
    await this.#guarded(task, () =>
      ran || onceAt(task) === undefined
        ? this.#needs.tasks.complete(taskId, 'completed', null)
        : this.#needs.tasks.complete(taskId, 'error', missed),
    );
  }

  #hasFutureSlot(task: Task): boolean {
    if (!mayEnd(task)) return true;
    const startMs = task.startDate === undefined ? -Infinity : Date.parse(task.startDate) - 1;
    const endMs = task.endDate === undefined ? Infinity : Date.parse(task.endDate);
    if (hasNoTimes(task)) return this.#needs.clock.now() <= endMs;
    const nowMs = Math.max(this.#needs.clock.now(), startMs);
    // Calendars can move the only slot of a one-off task to a later day.
    const moved = movesSlots(task) ? this.#needs.planner.slots(task, nowMs, nowMs + furthestMoveMs, 1) : [];
    const next = moved[0] ?? nextSlots(specOf(task), nowMs, 1)[0];
    if (next === undefined) return false;
    return next <= endMs;
  }

  /**
   * The run is already recorded, so a failure to change the store or the OS entry is only logged; the next sweep
   * retries.
   */
  async #guarded(task: Task, change: () => Promise<unknown>): Promise<void> {
    try {
      await change();
    } catch (problem) {
      this.#needs.logger.warn('The state of a task could not be changed after its run', {
        task: task.id,
        problem: messageOf(problem),
      });
    }
  }
}

/** A cron expression never ends: one that matches no day is refused when the task is saved. */
export function mayEnd(task: Task): boolean {
  return onceAt(task) !== undefined || task.endDate !== undefined;
}

function activeTask(file: ScheduleFile, taskId: string): Task | null {
  const task = file.tasks[taskId];
  return task?.status === 'active' ? task : null;
}
