import { eventsOf, isOnDemand, neverRunAt, skipsNextEvent } from '../../contract/schedule-rule.ts';
import type { Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import { seenMark } from '../runs/attempts/seen.ts';
import { pauseAll, resumeAll, type PauseOfAll } from '../schedule/all-paused.ts';
import { isoOf, type ComingRuns } from '../schedule/coming-runs.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { findTask } from '../schedule/task-lookup.ts';

export interface TaskStatesNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & RunStates & Pick<Marks, 'setMark'>;
  readonly clock: Clock;
  readonly planner: SlotPlanner;
  readonly coming: ComingRuns;
}

export interface PauseOptions {
  /** ISO instant at which the task resumes by itself. */
  readonly until?: string;
  /** Why the task is paused, for people who see it. */
  readonly note?: string;
}

/** Called under the store's lock with the current task. If it throws, nothing is written. */
export type Precondition = (task: Task) => void;

export interface SkipOptions {
  /** ISO instant of the slot to skip. @default the next one that is not skipped yet */
  readonly slot?: string | undefined;
  readonly precondition?: Precondition | undefined;
}

/** Pauses, resumes, skips and completes tasks: everything that changes a task's state and not its definition. */
export class TaskStates {
  readonly #needs: TaskStatesNeeds;

  constructor(needs: TaskStatesNeeds) {
    this.#needs = needs;
  }

  /**
   * Forgets what the probe of a task saw, so that its next look is the first.
   * @throws SchedulerError `task/not-found`, `task/ambiguous`, `task/no-probe`, `store/…`.
   */
  forgetSeen(idOrName: string, author: string): Task {
    const { store, ledger, clock } = this.#needs;
    const task = findTask(store.read(), idOrName);
    if (task.policies?.probe === undefined)
      throw new SchedulerError('task/no-probe', `"${task.name}" has no probe, so there is nothing to forget.`, {
        taskId: task.id,
      });
    ledger.setMark(seenMark(task.id), '');
    const facts = { taskId: task.id, before: null, after: { name: task.name } };
    ledger.audit({ at: clock.nowIso(), author, action: 'task.forget-seen', ...facts });
    return task;
  }

  pause(idOrName: string, options: PauseOptions, author: string, precondition?: Precondition): Task {
    return this.#change(idOrName, author, 'task.pause', (task) => {
      precondition?.(task);
      setActive(task, false, this.#needs.clock.nowIso());
      if (options.until !== undefined) task.pausedUntil = options.until;
      if (options.note !== undefined) task.pauseNote = options.note;
    });
  }

  /** @throws SchedulerError `schedule/in-the-past` for a one-shot whose instant has passed. */
  resume(idOrName: string, author: string, precondition?: Precondition): Task {
    const file = this.#needs.store.read();
    this.#needs.planner.settle(findTask(file, idOrName), file);
    return this.#change(idOrName, author, 'task.resume', (task) => {
      precondition?.(task);
      assertDateAhead(task, this.#needs.clock.now());
      setActive(task, true, this.#needs.clock.nowIso());
    });
  }

  /** @throws SchedulerError `schedule/no-next-slot`. */
  skipNext(idOrName: string, author: string, { slot, precondition }: SkipOptions = {}): Task {
    return this.#change(idOrName, author, 'task.skip-next', (task) => {
      precondition?.(task);
      const next = slotToSkip(task, this.#needs.clock.now(), this.#needs.coming);
      // A person approved this slot; a later one is not what they approved.
      if (slot !== undefined && slot < next) {
        if (task.skipUntil !== undefined && task.skipUntil >= slot) return;
        throw new SchedulerError('schedule/no-next-slot', `The slot ${slot} of "${task.name}" has passed.`, { slot });
      }
      task.skipUntil = slot ?? next;
    });
  }

  /** Ends the skip of the next event, once it was skipped. Not a person's change, so the history does not list it. */
  endSkip(taskId: string): void {
    this.#needs.store.update((file) => {
      const task = file.tasks[taskId];
      if (task !== undefined && skipsNextEvent(task)) delete task.skipUntil;
    });
  }

  complete(taskId: string, status: 'completed' | 'error', message: string | null): Task {
    const action = status === 'completed' ? 'task.complete' : 'task.error';
    return this.#change(taskId, 'scheduler', action, (task) => {
      task.status = status;
      if (message !== null) task.errorMessage = message;
    });
  }

  /** As `pauseAll` of main/services/schedule/all-paused.ts. */
  pauseAll(options: PauseOptions, author: string): { paused: PauseOfAll } {
    return pauseAll(this.#needs, options, author);
  }

  /** As `resumeAll` of main/services/schedule/all-paused.ts. */
  resumeAll(author: string): { paused: null } {
    return resumeAll(this.#needs, author);
  }

  #change(idOrName: string, author: string, action: string, change: (task: Task) => void): Task {
    return this.#needs.store.update((file) => {
      const task = findTask(file, idOrName);
      const before = structuredClone(task);
      change(task);
      task.updatedAt = this.#needs.clock.nowIso();
      this.#audit(author, action, task.id, before, task);
      return task;
    });
  }

  #audit(author: string, action: string, taskId: string | null, before: unknown, after: unknown): void {
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId, before, after });
  }
}

/**
 * Returns the next run that is not skipped yet. A day that calendars leave out has none. The instant of the next event is
 * not known: `neverRunAt`.
 * @throws SchedulerError `schedule/no-next-slot`.
 */
export function slotToSkip(task: Task, nowMs: number, coming: Pick<ComingRuns, 'ofTask'>): string {
  if (skipsNextEvent(task))
    throw new SchedulerError(
      'schedule/no-next-slot',
      `"${task.name}" skips its next event already. Only one can be skipped.`,
    );
  if (eventsOf(task).length > 0) return neverRunAt;
  const skipped = task.skipUntil === undefined ? 0 : Date.parse(task.skipUntil);
  const [next] = coming.ofTask(task, Math.max(nowMs, skipped), 1);
  if (next !== undefined) return isoOf(next);
  const reason = isOnDemand(task) ? 'runs only on demand, so there is no slot to skip' : 'has no further slot to skip';
  throw new SchedulerError('schedule/no-next-slot', `"${task.name}" ${reason}.`);
}

/** @throws SchedulerError `schedule/in-the-past` for a one-shot whose instant has passed. */
export function assertDateAhead({ name, runAt }: Task, nowMs: number): void {
  if (runAt === undefined || Date.parse(runAt) > nowMs) return;
  const message = `"${name}" was due once, on ${runAt}. Give it a new date to run it again.`;
  throw new SchedulerError('schedule/in-the-past', message, { runAt });
}

/** Edits `task`. An active task counts slots from `now` on; earlier slots do not count as missed. */
export function setActive(task: Task, active: boolean, now: string): void {
  task.status = active ? 'active' : 'paused';
  delete task.pausedUntil;
  delete task.pauseNote;
  if (!active) return;
  delete task.errorMessage;
  task.armedAt = now;
}
