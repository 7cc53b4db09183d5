import type { ScheduleFile, Task, TaskStatus, TaskView, TimingView } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { TaskAttention } from '../attention/task-attention.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { findTask, findTiming } from '../schedule/task-lookup.ts';
import { needsEntry } from '../schedule/timing-groups.ts';
import { comingRuns } from '../schedule/coming-runs.ts';
import { nextRunCount } from '../schedule/timing-facts.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import { taskViews, timingViews } from './views.ts';

export interface TaskReaderNeeds {
  readonly store: Store;
  readonly ledger: RunStates;
  readonly clock: Clock;
  readonly sync: ScheduleSync;
  readonly facts: TimingFacts;
  readonly planner: Pick<SlotPlanner, 'slots' | 'dayOff'>;
  readonly attention: Pick<TaskAttention, 'of'>;
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
    return taskViews(tasks, this.#needs.ledger, this.#needs.attention.of(tasks, file));
  }

  /** @param ask as for `timingView` */
  async get(idOrName: string, ask = true): Promise<ReadTask> {
    const task = findTask(this.#needs.store.read(), idOrName);
    const timing = await this.timingView(task.timingId, ask);
    return { task: this.view(task.id), timing, nextRuns: this.#nextRuns(task, timing) };
  }

  /** A task that has not started shows when it starts, and one that ends nothing after its end. */
  #nextRuns(task: Task, timing: TimingView): string[] {
    const { startDate, endDate } = task;
    const { clock, planner } = this.#needs;
    const fromMs = Math.max(clock.now(), startDate === undefined ? 0 : Date.parse(startDate) - 1);
    const isOfGroup = fromMs === clock.now() && task.policies?.calendars === undefined;
    const slots = isOfGroup ? [] : comingRuns(task, fromMs, nextRunCount, planner);
    const runs = isOfGroup ? timing.nextRuns : slots.map((slotMs) => new Date(slotMs).toISOString());
    return endDate === undefined ? runs : runs.filter((run) => run <= endDate);
  }

  async timings(): Promise<TimingView[]> {
    const file = this.#needs.store.read();
    return this.#timingViews(file, Object.keys(file.timings));
  }

  /** The schedule of a group. @throws SchedulerError `timing/not-found`. */
  timingSpec(timingId: string): ScheduleSpec {
    return specOf(findTiming(this.#needs.store.read(), timingId));
  }

  view(taskId: string): TaskView {
    const { store, ledger, attention } = this.#needs;
    const file = store.read();
    const tasks = [findTask(file, taskId)];
    const [view] = taskViews(tasks, ledger, attention.of(tasks, file));
    if (view === undefined)
      throw new SchedulerError('task/not-found', `The task ${taskId} no longer exists.`, { task: taskId });
    return view;
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
    const { ledger, clock, sync, facts } = this.#needs;
    const [entries, kind] = ask ? await Promise.all([this.#entries(), sync.kind()]) : [null, 'not asked'];
    const wanted = new Set(
      Object.values(file.timings).flatMap((timing) => (needsEntry(file, timing) ? timing.id : [])),
    );
    const timings = ids.flatMap((id) => file.timings[id] ?? []);
    const byGroup = entries === null ? null : new Map(entries.map((entry) => [entry.timingId, entry]));
    return timingViews(timings, { ledger, nowMs: clock.now(), entries: byGroup, kind, wanted, facts });
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
