import type { BulkChange, BulkResult } from '../../contract/bulk.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { specOf } from '../../domain/timing/spec-of.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { settleTasks } from '../schedule/settle-tasks.ts';
import type { ComingRuns } from '../schedule/coming-runs.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { findTiming } from '../schedule/task-lookup.ts';
import { groupKeys, leaveGroup, placeTask, type GroupContext } from '../schedule/timing-groups.ts';
import { assertDateAhead, setActive, slotToSkip } from './task-states.ts';

export interface BulkChangesNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail;
  readonly clock: Clock;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly planner: Pick<SlotPlanner, 'settle'>;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly newId: () => string;
}

/** A task before and after a change; `after` is null if it was deleted. */
interface Step {
  readonly before: Task;
  readonly after: Task | null;
}

/** What a change needs besides the task. */
interface Place {
  readonly draft: ScheduleFile;
  readonly context: GroupContext;
  readonly coming: Pick<ComingRuns, 'ofTask'>;
}

/** The action that history shows. */
const auditActions: Readonly<Record<BulkChange['action'], string>> = {
  pause: 'task.pause',
  resume: 'task.resume',
  'skip-next': 'task.skip-next',
  delete: 'task.delete',
  tag: 'task.update',
  move: 'task.update',
};

/** Changes many tasks in one transaction, as one batch that one undo reverses. */
export class BulkChanges {
  readonly #needs: BulkChangesNeeds;

  constructor(needs: BulkChangesNeeds) {
    this.#needs = needs;
  }

  /**
   * Applies one change to these tasks. A task that refuses it is listed in the answer and does not stop the others.
   * @throws SchedulerError `timing/not-found` for a group that is gone, `store/…`, `os/refused` (the tasks keep the
   * change then, unless it moved them).
   */
  async apply(taskIds: readonly string[], change: BulkChange, author: string): Promise<BulkResult> {
    const { store, newId, planner, coming, sync } = this.#needs;
    const file = store.read();
    const ids = [...new Set(taskIds)];
    // Slots that passed during the pause are recorded as paused before it ends.
    if (change.action === 'resume') {
      const known = ids.filter((id) => owns(file, id)).map((id) => ownTask(file, id));
      settleTasks(planner, known, file);
    }
    const batch = newId();
    const { steps, refused } = store.update((draft) => {
      const place = { draft, context: this.#context(draft), coming };
      const tried = ids.map((id) => tryChange(place, id, change));
      const done = tried.filter((step) => step !== null && 'before' in step);
      for (const step of done) this.#audit(step, { batch, author, action: auditActions[change.action] });
      return { steps: done, refused: tried.filter((step) => step !== null && 'message' in step) };
    });
    try {
      await sync.ensure(groupsOf(steps));
    } catch (refusal) {
      if (change.action === 'move') this.#restore(steps, author);
      throw refusal;
    }
    return { batch: steps.length === 0 ? null : batch, changed: steps.length, refused };
  }

  /** Gives tasks their old schedule back, because the operating system refused the entry of the new one. */
  #restore(steps: readonly Step[], author: string): void {
    this.#needs.store.update((draft) => {
      const context = this.#context(draft);
      for (const { before, after } of steps) {
        placeTask(draft, structuredClone(before), specOf(before), context);
        if (after !== null && after.timingId !== before.timingId) leaveGroup(draft, after);
        this.#audit({ before: after ?? before, after: before }, { author, action: 'task.update-undone' });
      }
    });
  }

  #audit(step: Step, rest: { readonly author: string; readonly action: string; readonly batch?: string }): void {
    this.#needs.ledger.audit({ ...rest, ...step, at: this.#needs.clock.nowIso(), taskId: step.before.id });
  }

  #context(draft: ScheduleFile): GroupContext {
    const { machineTimezone, clock } = this.#needs;
    return { machineTimezone: machineTimezone(), nowIso: clock.nowIso(), keys: groupKeys(draft) };
  }
}

const owns = ({ tasks }: ScheduleFile, id: string): boolean => Object.hasOwn(tasks, id);

/** @throws SchedulerError `task/not-found`: ids only, since a name could be that of another task meanwhile. */
function ownTask(file: ScheduleFile, id: string): Task {
  const task = owns(file, id) ? file.tasks[id] : undefined;
  if (task !== undefined) return task;
  throw new SchedulerError('task/not-found', 'This task has been deleted.', { task: id });
}

const groupsOf = (steps: readonly Step[]): string[] => [
  ...new Set(steps.flatMap(({ before, after }) => [before.timingId, after?.timingId ?? before.timingId])),
];

/** Returns what changed, null if the task is so already, or why it cannot change. */
function tryChange(place: Place, id: string, change: BulkChange): Step | BulkResult['refused'][number] | null {
  let name = id;
  try {
    const task = ownTask(place.draft, id);
    name = task.name;
    return changed(place, task, change);
  } catch (problem) {
    if (!(problem instanceof SchedulerError) || problem.code.startsWith('timing/')) throw problem;
    return { taskId: id, name, message: problem.message };
  }
}

function changed(place: Place, task: Task, change: BulkChange): Step | null {
  const before = structuredClone(task);
  const after = edited(task, change, place);
  if (after === undefined) return null;
  if (after !== null) after.updatedAt = place.context.nowIso;
  return { before, after };
}

/** Edits `task`. Returns null if it is deleted, and undefined if the change would change nothing. */
function edited(task: Task, change: BulkChange, place: Place): Task | null | undefined {
  const { draft, context, coming } = place;
  switch (change.action) {
    case 'pause':
      return pause(task, change, context.nowIso);
    case 'resume':
      if (task.status !== 'paused' && task.status !== 'error') return undefined;
      assertDateAhead(task, Date.parse(context.nowIso));
      setActive(task, true, context.nowIso);
      return task;
    case 'skip-next':
      if (task.status !== 'active') {
        throw new SchedulerError('schedule/no-next-slot', `"${task.name}" is not active, so no slot is next.`);
      }
      task.skipUntil = slotToSkip(task, Date.parse(context.nowIso), coming);
      return task;
    case 'delete':
      leaveGroup(draft, task);
      delete draft.tasks[task.id];
      return null;
    case 'tag':
      return tag(task, change);
    case 'move':
      return move(task, change.timingId, place);
  }
}

function pause(task: Task, change: Extract<BulkChange, { action: 'pause' }>, nowIso: string): Task | undefined {
  if (task.status !== 'active' && task.status !== 'error') return undefined;
  setActive(task, false, nowIso);
  if (change.until !== undefined) task.pausedUntil = change.until;
  if (change.note !== undefined) task.pauseNote = change.note;
  return task;
}

function tag(task: Task, { add, remove }: Extract<BulkChange, { action: 'tag' }>): Task | undefined {
  const present = task.tags ?? [];
  const tags = [...new Set([...present, ...add])].filter((each) => !remove.includes(each));
  if (tags.length === present.length && tags.every((each, index) => each === present[index])) return undefined;
  if (tags.length === 0) delete task.tags;
  else task.tags = tags;
  return task;
}

/** Only slots after now count in the new group, as after any change of a schedule. */
function move(task: Task, timingId: string, { draft, context }: Place): Task | undefined {
  if (task.timingId === timingId) return undefined;
  const spec = specOf(findTiming(draft, timingId));
  placeTask(draft, task, spec, context);
  task.armedAt = context.nowIso;
  if (task.status === 'completed' || task.status === 'error') setActive(task, true, context.nowIso);
  return task;
}
