import type { TaskUsage } from '../../contract/budget.ts';
import { assertChangedDates, withBounds } from './schedule-bounds.ts';
import type { TimeStyle } from '../../contract/time-style.ts';
import type { ScheduleFile, Task, TaskChange, TaskDraft, TaskView, TimingView } from '../../contract/task.ts';
import { agentOfAuthor } from '../../domain/agent-client.ts';
import type { Understood } from '../../domain/phrase/understand-schedule.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import { entryNotes, missingEntryNotes } from '../os-entries/entry-notes.ts';
import type { SharedWrites } from '../fleet/definitions/shared-writes.ts';
import type { PauseOfAll } from '../schedule/all-paused.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import type { Scheduled } from '../schedule/coming-runs.ts';
import { checkChains } from '../schedule/task-chains.ts';
import { parseChange, parseDraft, type MachineChecks } from './task-checks.ts';
import { changedTask, fieldsOfDraft } from './task-edit.ts';
import { TaskInput } from './task-input.ts';
import { findTask } from '../schedule/task-lookup.ts';
import { assertWritable } from '../schedule/writable.ts';
import { TaskReader, type GroupStarts, type ReadTask, type TaskFilter, type TaskReaderNeeds } from './task-reader.ts';
import { setActive, TaskStates, type PauseOptions, type Precondition, type SkipOptions } from './task-states.ts';
import { leaveGroup, placeTask } from '../schedule/timing-groups.ts';
import { unusedPolicies } from './unused-policies.ts';
import type { ToolVerdict } from './tool-verdict.ts';

export interface TaskManagerNeeds extends TaskReaderNeeds {
  readonly ledger: AuditTrail & RunStates & Pick<Marks, 'setMark'>;
  readonly checks: MachineChecks;
  /** Asks a tool's server whether it takes these parameters. */
  readonly verifyTool: (tool: string, parameters: Task['parameters']) => Promise<ToolVerdict>;
  readonly planner: SlotPlanner;
  /** Lets the fleet accept changes of shared tasks before they are written. */
  readonly fleet: Pick<SharedWrites, 'write'>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly timeStyle: () => TimeStyle;
  readonly newId: () => string;
}

export interface CreatedTask extends ReadTask {
  readonly warnings: string[];
}

export interface ChangeOptions {
  /** False does not touch the OS scheduler (`--no-os`). @default true */
  readonly installEntry?: boolean;
  /** False saves a tool or parameters that look wrong (`--skip-validation`). @default true */
  readonly validate?: boolean;
  readonly precondition?: Precondition;
}

export interface CreateOptions extends ChangeOptions {
  /** Id of the new task. @default a new one */
  readonly id?: string;
  /** Called in the transaction that saves the task. If it throws, nothing is saved. */
  readonly saved?: (task: Task) => void;
}

/** Creates, reads and changes tasks, and with them their groups. Every change is recorded with its author. */
export class TaskManager {
  readonly #needs: TaskManagerNeeds;
  readonly #reader: TaskReader;
  readonly #states: TaskStates;
  readonly #input: TaskInput;

  constructor(needs: TaskManagerNeeds) {
    this.#needs = needs;
    this.#reader = new TaskReader(needs);
    this.#states = new TaskStates(needs);
    this.#input = new TaskInput(needs);
  }

  /**
   * @throws SchedulerError `task/invalid`, `task/tool-unverified`, `schedule/…`, `store/…`, `os/refused` (nothing is saved then).
   */
  async create(input: unknown, author: string, options: CreateOptions = {}): Promise<CreatedTask> {
    const { draft, understood, doubts } = await this.#input.draft(input, options);
    const task = this.#needs.store.update((file) => {
      const created = this.#newTask(draft, understood.spec, author, options.id);
      options.precondition?.(created);
      checkChains(file, created);
      placeTask(file, created, understood.spec, this.#groupContext());
      this.#audit(author, 'task.create', created.id, null, created);
      options.saved?.(created);
      return created;
    });
    const warnings = [
      ...understood.answer.warnings,
      ...doubts,
      ...unusedPolicies(task),
      ...(await this.#install(task, [task.timingId], options, () => this.#discard(task, author))),
    ];
    return { ...(await this.#reader.get(task.id, options.installEntry !== false)), warnings };
  }

  /** Reads a draft that an agent proposes. @throws SchedulerError `task/invalid`. */
  readDraft(input: unknown): TaskDraft {
    return parseDraft(input);
  }

  /** Reads a change of this task, before anything runs or is proposed. @throws SchedulerError `task/invalid`. */
  readChange(input: unknown, task: Task): TaskChange {
    return parseChange(input, task);
  }

  /**
   * Checks everything that `create` checks, and saves nothing.
   * @returns the task as it would be created
   * @throws SchedulerError as `create`.
   */
  async checkDraft(
    input: unknown,
    author: string,
    options: CreateOptions = {},
  ): Promise<{ task: Task; understood: Understood }> {
    const { draft, understood } = await this.#input.draft(input, options);
    assertWritable(this.#needs.store);
    const task = this.#newTask(draft, understood.spec, author, options.id);
    options.precondition?.(task);
    checkChains(this.#needs.store.read(), task);
    return { task, understood };
  }

  list(filter: TaskFilter = {}): TaskView[] {
    return this.#reader.list(filter);
  }

  get(idOrName: string): Promise<ReadTask> {
    return this.#reader.get(idOrName);
  }

  /** @throws SchedulerError `task/not-found`, `task/ambiguous`. */
  usage(idOrName: string): TaskUsage {
    return this.#reader.usage(idOrName);
  }

  timings(): Promise<TimingView[]> {
    return this.#reader.timings();
  }

  /** As `TaskReader.nextRuns`. */
  nextRuns(groupOrTask: string, afterMs: number, count: number): number[] {
    return this.#reader.nextRuns(groupOrTask, afterMs, count);
  }

  /** As `TaskReader.starts`. */
  starts(timingId: string, afterMs: number, untilMs: number, limit: number): GroupStarts {
    return this.#reader.starts(timingId, afterMs, untilMs, limit);
  }

  /** Returns when a task runs next, saved or not. */
  nextRunsOf(task: Scheduled): string[] {
    return this.#reader.nextRunsOf(task);
  }

  /** The schedule of a group. @throws SchedulerError `timing/not-found`. */
  skipsNextEvent(groupOrTask: string): boolean {
    return this.#reader.skipsNextEvent(groupOrTask);
  }

  timingSpec(groupOrTask: string): ScheduleSpec {
    return this.#reader.timingSpec(groupOrTask);
  }

  /** @throws as `create`, and `task/not-found`, `task/ambiguous`. */
  async update(
    idOrName: string,
    input: unknown,
    author: string,
    options: ChangeOptions = {},
  ): Promise<{ task: TaskView; warnings: string[] }> {
    const before = findTask(this.#needs.store.read(), idOrName);
    const given = parseChange(input, before);
    const understood = await this.#input.scheduleOf(before, given);
    const change = understood === null ? given : withBounds(given, understood.answer);
    assertChangedDates(before, change, this.#needs.clock.now());
    const paused = change.active === undefined ? before.status === 'paused' : !change.active;
    const sameCall = change.tool === undefined && change.parameters === undefined;
    const doubts = await this.#input.check(changedTask(before, change), options, paused, sameCall);
    const edit = (file: ScheduleFile): Task => {
      const current = findTask(file, before.id);
      options.precondition?.(current);
      const task = changedTask(current, change);
      checkChains(file, task, current);
      task.updatedAt = this.#needs.clock.nowIso();
      if (change.active !== undefined) setActive(task, change.active, this.#needs.clock.nowIso());
      file.tasks[task.id] = task;
      if (understood !== null) {
        placeTask(file, task, understood.spec, this.#groupContext());
        task.armedAt = this.#needs.clock.nowIso();
        if (task.status === 'completed' || task.status === 'error') setActive(task, true, this.#needs.clock.nowIso());
      }
      this.#audit(author, 'task.update', task.id, current, task);
      return task;
    };
    const after = await this.#written(author, edit);
    const restore = () => this.#restore(before, author);
    const warnings = await this.#install(after, [after.timingId, before.timingId], options, restore);
    return {
      task: this.#reader.view(after.id),
      warnings: [...(understood?.answer.warnings ?? []), ...doubts, ...unusedPolicies(after), ...warnings],
    };
  }

  async pause(
    idOrName: string,
    options: PauseOptions,
    author: string,
    precondition?: Precondition,
  ): Promise<{ task: TaskView }> {
    return this.#changed(author, () => this.#states.pause(idOrName, options, author, precondition));
  }

  async resume(idOrName: string, author: string, precondition?: Precondition): Promise<{ task: TaskView }> {
    return this.#changed(author, () => this.#states.resume(idOrName, author, precondition));
  }

  /** Skips the next slot after now, with reason `skip-next`. Called again, it skips the one after that too. */
  async skipNext(idOrName: string, author: string, options: SkipOptions = {}): Promise<{ task: TaskView }> {
    return this.#changed(author, () => this.#states.skipNext(idOrName, author, options));
  }

  /** As `TaskStates.forgetSeen`. */
  forgetSeen(idOrName: string, author: string): { task: TaskView } {
    return { task: this.#reader.view(this.#states.forgetSeen(idOrName, author).id) };
  }

  /** Ends the skip of the next event, once it was skipped. */
  endSkip(taskId: string): void {
    this.#states.endSkip(taskId);
  }

  /** Ends a task that is finished: its limit is reached, or its only slot has passed. */
  async complete(taskId: string, status: 'completed' | 'error', message: string | null): Promise<{ task: TaskView }> {
    return this.#changed('scheduler', () => this.#states.complete(taskId, status, message));
  }

  pauseAll(options: PauseOptions, author: string): { paused: PauseOfAll } {
    return this.#states.pauseAll(options, author);
  }

  resumeAll(author: string): { paused: null } {
    return this.#states.resumeAll(author);
  }

  async delete(idOrName: string, author: string, precondition?: Precondition): Promise<{ task: TaskView }> {
    const view = this.#reader.view(findTask(this.#needs.store.read(), idOrName).id);
    await this.#written(author, (file) => {
      const task = findTask(file, view.id);
      precondition?.(task);
      leaveGroup(file, task);
      delete file.tasks[task.id];
      this.#audit(author, 'task.delete', task.id, task, null);
    });
    await this.#needs.sync.ensure([view.timingId]);
    return { task: view };
  }

  /** As `TaskInput.understand`. */
  understand(...given: Parameters<TaskInput['understand']>): Promise<Understood> {
    return this.#input.understand(...given);
  }

  /** As `TaskInput.check`. */
  check(...given: Parameters<TaskInput['check']>): Promise<string[]> {
    return this.#input.check(...given);
  }

  /** Returns a task that is in no group yet. */
  #newTask(draft: TaskDraft, { timezone }: ScheduleSpec, author: string, id = this.#needs.newId()): Task {
    const now = this.#needs.clock.nowIso();
    return {
      id,
      ...fieldsOfDraft(draft),
      ...{ timingId: '', cronExpression: '', timezone, createdAt: now },
      ...(agentOfAuthor(author) !== null && { createdBy: author }),
      armedAt: now,
      status: draft.active === false ? 'paused' : 'active',
    };
  }

  #written<T>(author: string, change: (file: ScheduleFile) => T): Promise<T> {
    return this.#needs.fleet.write(author, () => this.#needs.store.update(change));
  }

  async #changed(author: string, change: () => Task): Promise<{ task: TaskView }> {
    const task = await this.#needs.fleet.write(author, change);
    await this.#needs.sync.ensure([task.timingId]);
    return { task: this.#reader.view(task.id) };
  }

  /** Installs entries. If the OS refuses, calls `undo` to restore the definitions, and rethrows. */
  async #install(
    task: Task,
    timingIds: readonly string[],
    options: ChangeOptions,
    undo: () => void | Promise<void>,
  ): Promise<string[]> {
    const { sync, store } = this.#needs;
    if (options.installEntry === false) {
      // A group that a task leaves has its entry, and is fired as before.
      return missingEntryNotes(await sync.kind(), store.read(), task.timingId);
    }
    try {
      await sync.ensure([...new Set(timingIds)]);
    } catch (refusal) {
      await undo();
      throw refusal;
    }
    return entryNotes(await sync.kind(), task);
  }

  #discard(task: Task, author: string): void {
    this.#needs.store.update((file) => {
      leaveGroup(file, task);
      delete file.tasks[task.id];
      this.#audit(author, 'task.create-undone', task.id, task, null);
    });
  }

  async #restore(before: Task, author: string): Promise<void> {
    await this.#written(author, (file) => {
      const current = file.tasks[before.id];
      placeTask(file, structuredClone(before), specOf(before), this.#groupContext());
      if (current !== undefined && current.timingId !== before.timingId) leaveGroup(file, current);
      this.#audit(author, 'task.update-undone', before.id, current ?? null, before);
    });
  }

  #groupContext(): { machineTimezone: string; nowIso: string } {
    return { machineTimezone: this.#needs.machineTimezone(), nowIso: this.#needs.clock.nowIso() };
  }

  #audit(author: string, action: string, taskId: string | null, before: unknown, after: unknown): void {
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId, before, after });
  }
}
