import type {
  ScheduleFile,
  Task,
  TaskChange,
  TaskDraft,
  TaskStatus,
  TaskView,
  TimingView,
} from '../../contract/task.ts';
import { agentOfAuthor } from '../../domain/agent-client.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Understood } from '../../domain/phrase/understand-schedule.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import { assertTimeZone } from '../../domain/timing/time-zone.ts';
import type { Clock } from '../../ports/clock.ts';
import type { OsEntry } from '../../ports/os-scheduler.ts';
import type { Store } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { RunStates } from '../../ports/ledger/run-state.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { checkChains } from '../schedule/task-chains.ts';
import { checkDefinition, checkTool, parseChange, parseDraft, type MachineChecks } from './task-checks.ts';
import { changedTask, fieldsOfDraft, type TaskFields } from './task-edit.ts';
import { findTask, findTiming } from '../schedule/task-lookup.ts';
import { setActive, TaskStates, type PauseOptions, type Precondition } from './task-states.ts';
import { leaveGroup, needsEntry, placeTask } from '../schedule/timing-groups.ts';
import type { TimingFacts } from '../schedule/timing-facts.ts';
import type { ToolVerdict } from './tool-verdict.ts';
import { taskViews, timingViews } from './views.ts';

export interface TaskManagerNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & RunStates;
  readonly clock: Clock;
  readonly sync: ScheduleSync;
  readonly checks: MachineChecks;
  /** Asks a tool's server whether it takes these parameters. */
  readonly verifyTool: (tool: string, parameters: Task['parameters']) => Promise<ToolVerdict>;
  readonly planner: SlotPlanner;
  readonly facts: TimingFacts;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly newId: () => string;
}

export interface CreatedTask {
  readonly task: TaskView;
  readonly timing: TimingView;
  readonly nextRuns: string[];
  readonly warnings: string[];
}

export interface ChangeOptions {
  /** False does not touch the OS scheduler (`--no-os`). @default true */
  readonly installEntry?: boolean;
  /** False saves a tool or parameters that look wrong (`--skip-validation`). @default true */
  readonly validate?: boolean;
  readonly precondition?: Precondition;
}

/** Creates, reads and changes tasks, and with them their groups. Every change is recorded with its author. */
export class TaskManager {
  readonly #needs: TaskManagerNeeds;
  readonly #states: TaskStates;

  constructor(needs: TaskManagerNeeds) {
    this.#needs = needs;
    this.#states = new TaskStates(needs);
  }

  /**
   * @throws SchedulerError `task/invalid`, `task/tool-unverified`, `schedule/…`, `store/…`, `os/refused` (nothing is saved then).
   */
  async create(input: unknown, author: string, options: ChangeOptions = {}): Promise<CreatedTask> {
    const { draft, understood, doubts } = await this.checkDraft(input, options);
    const task = this.#needs.store.update((file) => {
      const created: Task = {
        id: this.#needs.newId(),
        ...fieldsOfDraft(draft),
        timingId: '',
        cronExpression: '',
        timezone: understood.spec.timezone,
        createdAt: this.#needs.clock.nowIso(),
        ...(agentOfAuthor(author) !== null && { createdBy: author }),
        armedAt: this.#needs.clock.nowIso(),
        status: draft.active === false ? 'paused' : 'active',
      };
      options.precondition?.(created);
      checkChains(file, created);
      placeTask(file, created, understood.spec, this.#groupContext());
      this.#audit(author, 'task.create', created.id, null, created);
      return created;
    });
    const warnings = [
      ...understood.answer.warnings,
      ...doubts,
      ...(await this.#install([task.timingId], options, () => this.#discard(task, author))),
    ];
    const timing = await this.#timingView(task.timingId, options.installEntry !== false);
    return { task: this.#view(task.id), timing, nextRuns: timing.nextRuns, warnings };
  }

  /** Reads a draft that an agent proposes. @throws SchedulerError `task/invalid`. */
  readDraft(input: unknown): TaskDraft {
    return parseDraft(input);
  }

  /** Reads a change that an agent proposes. @throws SchedulerError `task/invalid`. */
  readChange(input: unknown): TaskChange {
    return parseChange(input);
  }

  /**
   * Understands and checks a draft as `create` does, and saves nothing.
   * @returns `doubts`: warnings
   * @throws SchedulerError `task/invalid`, `task/tool-unverified`, `schedule/…`.
   */
  async checkDraft(input: unknown, options: ChangeOptions = {}) {
    const draft = parseDraft(input);
    const understood = await this.understand(draft.schedule, draft.timezone);
    const doubts = await this.check(fieldsOfDraft(draft), options, draft.active === false);
    return { draft, understood, doubts };
  }

  list(filter: { status?: TaskStatus; query?: string; tag?: string } = {}): TaskView[] {
    const query = filter.query?.toLowerCase();
    const tasks = Object.values(this.#needs.store.read().tasks).filter(
      (task) =>
        (filter.status === undefined || task.status === filter.status) &&
        (filter.tag === undefined || task.tags?.includes(filter.tag) === true) &&
        (query === undefined || `${task.name}\n${task.tool}\n${task.description ?? ''}`.toLowerCase().includes(query)),
    );
    return taskViews(tasks, this.#needs.ledger);
  }

  async get(idOrName: string): Promise<{ task: TaskView; timing: TimingView; nextRuns: string[] }> {
    const task = findTask(this.#needs.store.read(), idOrName);
    const timing = await this.#timingView(task.timingId);
    return { task: this.#view(task.id), timing, nextRuns: timing.nextRuns };
  }

  async timings(): Promise<TimingView[]> {
    const file = this.#needs.store.read();
    return this.#timingViews(file, Object.keys(file.timings));
  }

  /** The schedule of a group. @throws SchedulerError `timing/not-found`. */
  timingSpec(timingId: string): ScheduleSpec {
    return specOf(findTiming(this.#needs.store.read(), timingId));
  }

  /** @throws as `create`, and `task/not-found`, `task/ambiguous`. */
  async update(
    idOrName: string,
    input: unknown,
    author: string,
    options: ChangeOptions = {},
  ): Promise<{ task: TaskView; warnings: string[] }> {
    const change = parseChange(input);
    const before = findTask(this.#needs.store.read(), idOrName);
    const understood = await this.#understandChange(before, change);
    const paused = change.active === undefined ? before.status === 'paused' : !change.active;
    const sameCall = change.tool === undefined && change.parameters === undefined;
    const doubts = await this.check(changedTask(before, change), options, paused, sameCall);
    const after = this.#needs.store.update((file) => {
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
    });
    const restore = (): void => this.#restore(before, author);
    const warnings = await this.#install([after.timingId, before.timingId], options, restore);
    return { task: this.#view(after.id), warnings: [...(understood?.answer.warnings ?? []), ...doubts, ...warnings] };
  }

  pause(
    idOrName: string,
    options: PauseOptions,
    author: string,
    precondition?: Precondition,
  ): Promise<{ task: TaskView }> {
    return this.#changed(this.#states.pause(idOrName, options, author, precondition));
  }

  resume(idOrName: string, author: string, precondition?: Precondition): Promise<{ task: TaskView }> {
    return this.#changed(this.#states.resume(idOrName, author, precondition));
  }

  /** Skips the next slot after now, with reason `skip-next`. Called again, it skips the one after that too. */
  skipNext(idOrName: string, author: string): Promise<{ task: TaskView }> {
    return this.#changed(this.#states.skipNext(idOrName, author));
  }

  /** Ends a task that is finished: its limit is reached, or its only slot has passed. */
  complete(taskId: string, status: 'completed' | 'error', message: string | null): Promise<{ task: TaskView }> {
    return this.#changed(this.#states.complete(taskId, status, message));
  }

  pauseAll(options: PauseOptions, author: string): { paused: NonNullable<ScheduleFile['paused']> } {
    return this.#states.pauseAll(options, author);
  }

  resumeAll(author: string): { paused: null } {
    return this.#states.resumeAll(author);
  }

  async delete(idOrName: string, author: string, precondition?: Precondition): Promise<{ task: TaskView }> {
    const view = this.#view(findTask(this.#needs.store.read(), idOrName).id);
    this.#needs.store.update((file) => {
      const task = findTask(file, view.id);
      precondition?.(task);
      leaveGroup(file, task);
      delete file.tasks[task.id];
      this.#audit(author, 'task.delete', task.id, task, null);
    });
    await this.#needs.sync.ensure([view.timingId]);
    return { task: view };
  }

  /** Returns what `schedule` means in `timezone`, without saving anything. @throws SchedulerError `schedule/…`. */
  async understand(schedule: string, timezone?: string): Promise<Understood> {
    // Loaded on use: firing a group, which the OS does at every slot, does not parse phrases.
    const { understandSchedule } = await import('../../domain/phrase/understand-schedule.ts');
    const { clock, machineTimezone } = this.#needs;
    const zone = timezone === undefined ? {} : { timezone: assertTimeZone(timezone) };
    return understandSchedule(schedule, { nowMs: clock.now(), machineTimezone: machineTimezone(), ...zone });
  }

  /**
   * Checks a task as saving would. A change of other fields does not ask the tool's server again.
   * @returns warnings
   * @throws SchedulerError `task/…`.
   */
  async check(task: TaskFields, options: ChangeOptions, paused: boolean, sameCall = false): Promise<string[]> {
    if (options.validate === false) return [];
    await checkDefinition(task, this.#needs.checks);
    return sameCall ? [] : checkTool(task, this.#needs.verifyTool, paused);
  }

  async #changed(task: Task): Promise<{ task: TaskView }> {
    await this.#needs.sync.ensure([task.timingId]);
    return { task: this.#view(task.id) };
  }

  /** Installs entries. If the OS refuses, calls `undo` to restore the definitions, and rethrows. */
  async #install(timingIds: readonly string[], options: ChangeOptions, undo: () => void): Promise<string[]> {
    if (options.installEntry === false) return [];
    try {
      await this.#needs.sync.ensure([...new Set(timingIds)]);
    } catch (refusal) {
      undo();
      throw refusal;
    }
    if ((await this.#needs.sync.kind()) !== 'in-process') return [];
    return ['No OS scheduler runs this task on this machine: it runs only while the app or `serve` is running.'];
  }

  #discard(task: Task, author: string): void {
    this.#needs.store.update((file) => {
      leaveGroup(file, task);
      delete file.tasks[task.id];
      this.#audit(author, 'task.create-undone', task.id, task, null);
    });
  }

  #restore(before: Task, author: string): void {
    this.#needs.store.update((file) => {
      const current = file.tasks[before.id];
      placeTask(file, structuredClone(before), specOf(before), this.#groupContext());
      if (current !== undefined && current.timingId !== before.timingId) leaveGroup(file, current);
      this.#audit(author, 'task.update-undone', before.id, current ?? null, before);
    });
  }

  async #understandChange(
    before: Task,
    change: { schedule?: string | undefined; timezone?: string | undefined },
  ): Promise<Understood | null> {
    if (change.schedule === undefined && change.timezone === undefined) return null;
    return this.understand(
      change.schedule ?? before.runAt ?? before.cronExpression,
      change.timezone ?? before.timezone,
    );
  }

  #view(taskId: string): TaskView {
    const [view] = taskViews([findTask(this.#needs.store.read(), taskId)], this.#needs.ledger);
    if (view === undefined)
      throw new SchedulerError('task/not-found', `The task ${taskId} no longer exists.`, { task: taskId });
    return view;
  }

  /** @param ask false does not ask the OS scheduler; the entry's state is then `unknown` */
  async #timingView(timingId: string, ask = true): Promise<TimingView> {
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

  #groupContext(): { machineTimezone: string; nowIso: string } {
    return { machineTimezone: this.#needs.machineTimezone(), nowIso: this.#needs.clock.nowIso() };
  }

  #audit(author: string, action: string, taskId: string | null, before: unknown, after: unknown): void {
    this.#needs.ledger.audit({ at: this.#needs.clock.nowIso(), author, action, taskId, before, after });
  }
}
