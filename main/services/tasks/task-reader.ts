import type { TaskUsage } from '../../contract/budget.ts';
import { skipsNextEvent } from '../../contract/schedule-rule.ts';
import type { ScheduleFile, Task, TaskStatus, TaskView, TimingView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { TaskAttention } from '../attention/task-attention.ts';
import type { TaskUsages } from '../budgets/task-usage.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { findGroupOrTask, findTask, findTiming } from '../schedule/task-lookup.ts';
import { needsEntryIn } from '../schedule/timing-groups.ts';
import { isoOf, type ComingRuns, type Scheduled } from '../schedule/coming-runs.ts';
import { nextRunCount } from '../schedule/timing-facts.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import { taskViews, timingViews } from './views.ts';

export interface TaskReaderNeeds {
  readonly store: Store;
  readonly ledger: RunStates;
  readonly clock: Clock;
  readonly sync: ScheduleSync;
  readonly facts: TimingFacts;
  readonly coming: ComingRuns;
  readonly attention: Pick<TaskAttention, 'of'>;
  readonly usages: Pick<TaskUsages, 'of'>;
}

export interface TaskFilter {
  readonly status?: TaskStatus;
  /** Text in the name, the tool or the description, in any case. */
  readonly query?: string;
  readonly tag?: string;
}

/** A task with its group. */
export interface ReadTask {
  readonly task: TaskView;
  readonly timing: TimingView;
  readonly nextRuns: string[];
  readonly usage: TaskUsage;
}

/** When the active tasks of a group run. */
export interface GroupStarts {
  readonly slots: string[];
  /** By slot, the active tasks that do not run at it. */
  readonly absent: Record<string, string[]>;
}

/** Reads tasks and groups with their run state and the state of their OS entries. */
export class TaskReader {
  readonly #needs: TaskReaderNeeds;

  constructor(needs: TaskReaderNeeds) {
    this.#needs = needs;
  }

  list(filter: TaskFilter = {}): TaskView[] {
    const query = filter.query?.toLowerCase();
    const file = this.#needs.store.read();
    const tasks = Object.values(file.tasks).filter(
      (task) =>
        (filter.status === undefined || task.status === filter.status) &&
        (filter.tag === undefined || task.tags?.includes(filter.tag) === true) &&
        (query === undefined || `${task.name}\n${task.tool}\n${task.description ?? ''}`.toLowerCase().includes(query)),
    );
    return this.#views(tasks, file);
  }

  /** @param ask as for `timingView` */
  async get(idOrName: string, ask = true): Promise<ReadTask> {
    const task = findTask(this.#needs.store.read(), idOrName);
    const timing = await this.timingView(task.timingId, ask);
    const usage = this.#needs.usages.of(task);
    return { task: this.view(task.id), timing, nextRuns: this.nextRunsOf(task), usage };
  }

  /** Returns what a task has used of its budgets, and its forecast. */
  usage(idOrName: string): TaskUsage {
    return this.#needs.usages.of(findTask(this.#needs.store.read(), idOrName));
  }

  /** Returns when a task runs next, from its start date to its end date and with its calendars. */
  nextRunsOf(task: Scheduled): string[] {
    return this.#needs.coming.ofTask(task, this.#needs.clock.now(), nextRunCount).map((slotMs) => isoOf(slotMs));
  }

  /**
   * Returns the next `count` runs of a group or a task after `afterMs`.
   * @throws SchedulerError `timing/not-found` if it is neither, `task/ambiguous`.
   */
  nextRuns(groupOrTask: string, afterMs: number, count: number): number[] {
    const file = this.#needs.store.read();
    const { coming } = this.#needs;
    const found = findGroupOrTask(file, groupOrTask);
    if ('timing' in found) return coming.ofGroup(file, found.timing, afterMs, count);
    return coming.ofTask(found.task, afterMs, count);
  }

  /** Returns the earliest `limit` slots in (`afterMs`, `untilMs`] at which active tasks of a group run. @throws SchedulerError `timing/not-found`. */
  starts(timingId: string, afterMs: number, untilMs: number, limit: number): GroupStarts {
    const file = this.#needs.store.read();
    const timing = findTiming(file, timingId);
    const active = timing.taskIds.filter((id) => file.tasks[id]?.status === 'active');
    const starts = this.#needs.coming.starts(file, timing, afterMs, untilMs, limit);
    const absent = starts.flatMap(({ slotMs, tasks }): [string, string[]][] => {
      if (tasks.length === active.length) return [];
      const running = new Set(tasks.map(({ id }) => id));
      return [[isoOf(slotMs), active.filter((id) => !running.has(id))]];
    });
    return { slots: starts.map(({ slotMs }) => isoOf(slotMs)), absent: Object.fromEntries(absent) };
  }

  async timings(): Promise<TimingView[]> {
    const file = this.#needs.store.read();
    return this.#timingViews(file, Object.keys(file.timings));
  }

  /** The schedule of a group or a task. @throws SchedulerError `timing/not-found` if it is neither, `task/ambiguous`. */
  timingSpec(groupOrTask: string): ScheduleSpec {
    const found = findGroupOrTask(this.#needs.store.read(), groupOrTask);
    return specOf('timing' in found ? found.timing : found.task);
  }

  /** Returns whether the task, or every active task of the group, skips its next event. @throws as `timingSpec` */
  skipsNextEvent(groupOrTask: string): boolean {
    const file = this.#needs.store.read();
    const found = findGroupOrTask(file, groupOrTask);
    const tasks = 'task' in found ? [found.task] : found.timing.taskIds.flatMap((id) => file.tasks[id] ?? []);
    const active = tasks.filter(({ status }) => status === 'active');
    return active.length > 0 && active.every(skipsNextEvent);
  }

  view(taskId: string): TaskView {
    const file = this.#needs.store.read();
    const [view] = this.#views([findTask(file, taskId)], file);
    if (view === undefined)
      throw new SchedulerError('task/not-found', `The task ${taskId} no longer exists.`, { task: taskId });
    return view;
  }

  #views(tasks: readonly Task[], file: ScheduleFile): TaskView[] {
    const { ledger, attention, coming, clock } = this.#needs;
    return taskViews(tasks, ledger, attention.of(tasks, file), { coming, nowMs: clock.now() });
  }

  /** @param ask false does not ask the OS scheduler; the entry's state is then `unknown` */
  async timingView(timingId: string, ask = true): Promise<TimingView> {
    const file = this.#needs.store.read();
    const timing = findTiming(file, timingId);
    const [view] = await this.#timingViews(file, [timing.id], ask);
    if (view === undefined)
      throw new SchedulerError('timing/not-found', `The group ${timingId} no longer exists.`, { timingId });
    return view;
  }

  async #timingViews(file: ScheduleFile, ids: readonly string[], ask = true): Promise<TimingView[]> {
    const { ledger, clock, sync, facts, coming } = this.#needs;
    const [entries, kind] = ask ? await Promise.all([this.#entries(), sync.kind()]) : [null, null];
    const wanted = new Set(
      Object.values(file.timings).flatMap((timing) =>
        kind !== null && needsEntryIn(kind, file, timing) ? timing.id : [],
      ),
    );
    const timings = ids.flatMap((id) => file.timings[id] ?? []);
    const byGroup = entries === null ? null : new Map(entries.map((entry) => [entry.timingId, entry]));
    const context = { file, ledger, facts, coming, nowMs: clock.now() };
    return timingViews(timings, { ...context, entries: byGroup, kind: kind ?? 'not asked', wanted });
  }

  /** Returns null if the OS scheduler cannot be asked. The view then says `unknown`, and `doctor` says why. */
  async #entries(): Promise<OsEntry[] | null> {
    try {
      return await this.#needs.sync.entries();
    } catch (problem) {
      if (problem instanceof SchedulerError && problem.code.startsWith('os/')) return null;
      throw problem;
    }
  }
}
