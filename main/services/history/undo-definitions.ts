import type { UndoResult } from '../../contract/history.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { messageOf, SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { SharedWrites } from '../fleet/definitions/shared-writes.ts';
import { settleTasks } from '../schedule/settle-tasks.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { groupKeys, type GroupContext } from '../schedule/timing-groups.ts';
import type { ChangeLog } from './change-log.ts';
import { restoreTask } from './restore-task.ts';
import { undoChange, type UndoneChange } from './undo-change.ts';

export interface DefinitionUndosNeeds {
  readonly store: Store;
  /** Lets the fleet accept the undoing of one change of a shared task before it is written. */
  readonly fleet: Pick<SharedWrites, 'write'>;
  readonly ledger: Pick<AuditTrail, 'audit'>;
  readonly clock: Clock;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly planner: Pick<SlotPlanner, 'settle'>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly log: ChangeLog;
}

/** Called under the store's lock with the task as it is, or null. If it throws, nothing is undone. */
export type UndoPrecondition = (task: Task | null) => void;

/** A change that was undone, and the number of the change that undid it. */
interface Step {
  readonly record: AuditRecord;
  readonly taken: UndoneChange;
  readonly sequence: number;
}

interface Refused {
  readonly id: number;
  readonly message: string;
}

/** Undoes changes of tasks and groups in one transaction, and makes the entries in the operating system match. */
export class DefinitionUndos {
  readonly #needs: DefinitionUndosNeeds;

  constructor(needs: DefinitionUndosNeeds) {
    this.#needs = needs;
  }

  /** @throws SchedulerError as `ChangeHistory.undo`. */
  async undo(
    records: readonly AuditRecord[],
    author: string,
    { partial, batch }: { readonly partial: boolean; readonly batch: string | null },
    precondition?: UndoPrecondition,
  ): Promise<UndoResult> {
    this.#settle(records);
    const { store, fleet } = this.#needs;
    const undoing = () =>
      store.update((draft) => {
        precondition?.(taskOf(draft, records[0]));
        const context = { ...this.#groupContext(), keys: groupKeys(draft) };
        const tried = records.map((record) => tryStep(draft, record, context, batch === null));
        const done = tried.filter((step) => 'taken' in step);
        const failed = tried.filter((step) => 'message' in step);
        if (failed.length > 0 && (!partial || done.length === 0)) throw refusal(failed);
        const audited = done.map((step) => ({
          ...step,
          sequence: this.#audit(author, step.record, step.taken, batch),
        }));
        return { steps: audited, refused: failed };
      });
    // Of several changes, the fleet could accept some and refuse others.
    const { steps, refused } = batch === null ? await fleet.write(author, undoing) : undoing();
    await this.#install(steps, author);
    // Read once: each read looks at the file, and many changes may have been undone.
    const file = this.#needs.store.read();
    const changes = steps
      .map(({ sequence }) => this.#needs.log.described(this.#needs.log.record(sequence), file))
      .reverse();
    return { undone: steps.map(({ record }) => record.sequence), changes, refused };
  }

  /** Records slots that passed during a pause as paused, before the pause ends. */
  #settle(records: readonly AuditRecord[]): void {
    const file = this.#needs.store.read();
    const ofAll = records.some(({ taskId }) => taskId === null);
    const ids = new Set(records.map(({ taskId }) => taskId));
    const paused = Object.values(file.tasks).filter((task) => ofAll || (ids.has(task.id) && task.status === 'paused'));
    settleTasks(this.#needs.planner, paused, file);
  }

  /** Installs the entries. If the OS refuses, restores the earlier state and rethrows. */
  async #install(steps: readonly Step[], author: string): Promise<void> {
    const timingIds = [...new Set(steps.flatMap(({ taken }) => taken.timingIds))];
    if (timingIds.length === 0) return;
    try {
      await this.#needs.sync.ensure(timingIds);
    } catch (refused) {
      await this.#revert(steps, author).catch((problem: unknown) => {
        throw stillUndone(refused, problem);
      });
      throw refused;
    }
  }

  /** Restores the state before the undo, on every member if the task is shared. */
  async #revert(steps: readonly Step[], author: string): Promise<void> {
    const { store, fleet } = this.#needs;
    const reverting = () =>
      store.update((draft) => {
        for (const { taken, sequence } of steps.toReversed()) {
          restoreTask(draft, taken, this.#groupContext());
          const change = { ...taken, before: taken.after, after: taken.before };
          this.#audit(author, { sequence, taskId: taken.taskId }, change);
        }
      });
    await fleet.write(author, reverting);
  }

  #audit(
    author: string,
    { sequence, taskId }: Pick<AuditRecord, 'sequence' | 'taskId'>,
    { before, after }: UndoneChange,
    batch: string | null = null,
  ): number {
    const action = taskId === null ? 'all.undo' : 'task.undo';
    const at = this.#groupContext().nowIso;
    const inBatch = batch === null ? {} : { batch };
    return this.#needs.ledger.audit({ at, author, action, taskId, before, after, undoes: sequence, ...inBatch });
  }

  #groupContext(): GroupContext {
    const { clock, machineTimezone } = this.#needs;
    return { machineTimezone: machineTimezone(), nowIso: clock.nowIso() };
  }
}

/** @param alone true throws the error of the single change itself */
function tryStep(
  draft: ScheduleFile,
  record: AuditRecord,
  context: GroupContext,
  alone: boolean,
): Omit<Step, 'sequence'> | Refused {
  try {
    return { record, taken: undoChange(draft, record, context) };
  } catch (problem) {
    if (alone || !(problem instanceof SchedulerError)) throw problem;
    return { id: record.sequence, message: problem.message };
  }
}

/** Returns the refusal of the OS, which says also that the change is undone all the same. */
function stillUndone(refused: unknown, problem: unknown): unknown {
  if (!(refused instanceof SchedulerError)) return refused;
  const message = `${refused.message.replace(/\.?$/, '.')} The change stays undone: ${messageOf(problem)}`;
  return new SchedulerError(refused.code, message, refused.details, refused);
}

/** Returns the task of a change as it is now; null if it does not exist. */
function taskOf({ tasks }: ScheduleFile, record: AuditRecord | undefined): Task | null {
  const id = record?.taskId ?? null;
  return id !== null && Object.hasOwn(tasks, id) ? (tasks[id] ?? null) : null;
}

function refusal(refused: readonly Refused[]): SchedulerError {
  const reasons = refused.map(({ message }) => message).join(' ');
  return new SchedulerError('history/conflict', `Nothing was undone. ${reasons}`, { refused });
}
