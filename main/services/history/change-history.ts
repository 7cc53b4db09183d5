import type { Change, ChangeFilter, UndoResult } from '../../contract/history.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditFilter, AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { PersonCrontab } from '../../ports/person-crontab.ts';
import type { Store } from '../../ports/store.ts';
import { changesWithWords } from './changes-with-words.ts';
import { describeChange } from './describe-change.ts';
import { restoreTask } from './restore-task.ts';
import { isObstacle, undoneSettings } from './undo-settings.ts';
import {
  isOfAgents,
  isOfCrontab,
  isOfSettings,
  notUndoable,
  obstacleError,
  statesOf,
  undoChange,
  type UndoneChange,
} from './undo-change.ts';
import { withoutSecrets } from '../transfer/secrets.ts';
import { UndoneChanges } from './undone-changes.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { groupKeys, type GroupContext } from '../schedule/timing-groups.ts';

export interface ChangeHistoryNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly planner: Pick<SlotPlanner, 'settle'>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly newId: () => string;
  readonly crontab: () => Promise<Pick<PersonCrontab, 'restore'>>;
}

/** Which changes to undo together. `batch` or `author` must be given. */
export interface UndoFilter {
  /** All changes of one operation, such as one import. */
  readonly batch?: string | undefined;
  /** All changes by this author. */
  readonly author?: string | undefined;
  /** ISO instant: only changes at or after it. */
  readonly since?: string | undefined;
}

/** Called under the store's lock with the task as it is, or null. If it throws, nothing is undone. */
export type UndoPrecondition = (task: Task | null) => void;

export interface UndoOptions {
  /** True undoes what can be undone and lists the rest. @default false: all or nothing */
  readonly partial?: boolean;
}

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

/** More changes than anyone looks through, and few enough to hold in memory. */
const mostChanges = 10_000;

/** Lists changes and undoes them. Every undo is itself a change, with its own author. */
export class ChangeHistory {
  readonly #needs: ChangeHistoryNeeds;
  readonly #undone: UndoneChanges;

  constructor(needs: ChangeHistoryNeeds) {
    this.#needs = needs;
    this.#undone = new UndoneChanges(needs.ledger);
  }

  /** Returns changes, newest first. `taskId` may belong to a deleted task. */
  list({ limit, words, ...filter }: ChangeFilter): Change[] {
    const { ledger, store } = this.#needs;
    const file = store.read();
    const records =
      words === undefined
        ? ledger.changes(filter, limit)
        : changesWithWords(ledger, { filter, words, limit, mostRead: mostChanges });
    return records.map((record) => this.#described(record, file));
  }

  /** Returns everyone who changed something, in alphabetical order. */
  authors(): string[] {
    return this.#needs.ledger.authors();
  }

  /** @throws SchedulerError `history/not-found`. */
  get(changeId: number): Change {
    return this.#described(this.#record(changeId));
  }

  /**
   * Returns the id of a task by its id or name, deleted tasks included; for a name, of the task that had it last.
   * @throws SchedulerError `task/not-found`.
   */
  findTaskId(idOrName: string): string {
    const wanted = idOrName.trim().toLowerCase();
    const found = this.#needs.ledger.changes({}, mostChanges).find((record) => {
      const { before, after } = statesOf(record);
      const name = (after ?? before)?.['name'];
      return record.taskId === idOrName || (typeof name === 'string' && name.toLowerCase() === wanted);
    });
    if (found?.taskId !== null && found !== undefined) return found.taskId;
    throw new SchedulerError('task/not-found', `No task has or had the id or name "${idOrName}".`, {
      task: idOrName,
    });
  }

  /**
   * Undoes one change. Other changes made since then stay.
   *
   * @param precondition called under the store's lock; only for a change of a task
   * @throws SchedulerError `history/not-found`, `history/already-undone`, `history/conflict` if a later change prevents
   * it (details.fields), `history/not-undoable`, `schedule/in-the-past`, `store/…`, `os/refused` (everything is then as
   * before).
   */
  async undo(changeId: number, author: string, precondition?: UndoPrecondition): Promise<UndoResult> {
    const record = this.#record(changeId);
    this.#undone.refuse(record);
    if (isOfSettings(record)) return this.#undoSettings(record, author, null);
    return this.#undoEvery([record], author, { partial: false, batch: null }, precondition);
  }

  /**
   * Undoes a batch, or all changes of one author since an instant, newest first, in one transaction: all of them or,
   * with `partial`, all that can be undone.
   *
   * @throws SchedulerError as `undo`; `usage/undo` without author and batch; `history/conflict` with details.refused if
   * one of them cannot be undone; `history/nothing-to-undo`. Settings of the same operation that cannot be restored
   * stay as they are and are listed in `refused`.
   */
  async undoAll(filter: UndoFilter, author: string, options: UndoOptions = {}): Promise<UndoResult> {
    if (filter.author === undefined && filter.batch === undefined) {
      throw new SchedulerError('usage/undo', 'Name the author or the batch whose changes are to be undone.');
    }
    const found = this.#needs.ledger.changes(filter satisfies AuditFilter, mostChanges);
    const records = this.#undone.standing(found).filter((record) => !isOfAgents(record));
    if (records.length === 0) {
      const message = 'There is nothing to undo: none of these changes is still in effect.';
      throw new SchedulerError('history/nothing-to-undo', message, { ...filter });
    }
    const batch = this.#needs.newId();
    const definitions = records.filter((record) => !isOfSettings(record) && !isOfCrontab(record));
    const result = await this.#undoEvery(definitions, author, { partial: options.partial === true, batch });
    const settings = records.filter(isOfSettings).map((record) => this.#trySettings(record, author, batch));
    // The tasks are gone before their lines run again: nothing runs twice.
    const lines: UndoResult[] = [];
    for (const record of records.filter(isOfCrontab)) lines.push(await this.#restoreLines(record, author, batch));
    return [result, ...settings, ...lines].reduce((all, one) => ({
      undone: [...all.undone, ...one.undone],
      changes: [...one.changes, ...all.changes],
      refused: [...all.refused, ...one.refused],
    }));
  }

  /** Restores the lines that a move commented out in the crontab. */
  async #restoreLines(record: AuditRecord, author: string, batch: string): Promise<UndoResult> {
    try {
      if (record.action !== 'crontab.move') throw obstacleError(record, notUndoable('Import the crontab again.'));
      const restored = await (await this.#needs.crontab()).restore(record.batch ?? '');
      const sequence = this.#needs.ledger.audit({
        ...{ at: this.#groupContext().nowIso, author, action: 'crontab.undo', taskId: null },
        ...{ before: record.after, after: { lines: restored }, undoes: record.sequence, batch },
      });
      return { undone: [record.sequence], changes: [this.#described(this.#record(sequence))], refused: [] };
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      return { undone: [], changes: [], refused: [{ id: record.sequence, message: problem.message }] };
    }
  }

  #trySettings(record: AuditRecord, author: string, batch: string): UndoResult {
    try {
      return this.#undoSettings(record, author, batch);
    } catch (problem) {
      if (!(problem instanceof SchedulerError)) throw problem;
      return { undone: [], changes: [], refused: [{ id: record.sequence, message: problem.message }] };
    }
  }

  #undoSettings(record: AuditRecord, author: string, batch: string | null): UndoResult {
    const { settings, ledger } = this.#needs;
    const present: Readonly<Record<string, unknown>> = settings.read();
    const change = undoneSettings(record, settings.read());
    if (isObstacle(change)) throw obstacleError(record, change);
    const before = Object.fromEntries(Object.keys(change).map((name) => [name, present[name]]));
    const saved: Readonly<Record<string, unknown>> = settings.update(change);
    const after = Object.fromEntries(Object.keys(change).map((name) => [name, saved[name]]));
    const sequence = ledger.audit({
      ...{ at: this.#groupContext().nowIso, author, action: 'settings.undo', taskId: null, undoes: record.sequence },
      ...{ before: withoutSecrets(before), after: withoutSecrets(after) },
      ...(batch === null ? {} : { batch }),
    });
    return { undone: [record.sequence], changes: [this.#described(this.#record(sequence))], refused: [] };
  }

  async #undoEvery(
    records: readonly AuditRecord[],
    author: string,
    { partial, batch }: { readonly partial: boolean; readonly batch: string | null },
    precondition?: UndoPrecondition,
  ): Promise<UndoResult> {
    this.#settle(records);
    const { steps, refused } = this.#needs.store.update((draft) => {
      precondition?.(taskOf(draft, records[0]));
      const context = { ...this.#groupContext(), keys: groupKeys(draft) };
      const tried = records.map((record) => tryStep(draft, record, context, batch === null));
      const done = tried.filter((step) => 'taken' in step);
      const failed = tried.filter((step) => 'message' in step);
      if (failed.length > 0 && (!partial || done.length === 0)) throw refusal(failed);
      const audited = done.map((step) => ({ ...step, sequence: this.#audit(author, step.record, step.taken, batch) }));
      return { steps: audited, refused: failed };
    });
    await this.#install(steps, author);
    // Read once: each read looks at the file, and many changes may have been undone.
    const file = this.#needs.store.read();
    const changes = steps.map(({ sequence }) => this.#described(this.#record(sequence), file)).reverse();
    return { undone: steps.map(({ record }) => record.sequence), changes, refused };
  }

  /** Records slots that passed during a pause as paused, before the pause ends. */
  #settle(records: readonly AuditRecord[]): void {
    const file = this.#needs.store.read();
    const ofAll = records.some(({ taskId }) => taskId === null);
    const ids = new Set(records.map(({ taskId }) => taskId));
    for (const task of Object.values(file.tasks)) {
      if (ofAll || (ids.has(task.id) && task.status === 'paused')) this.#needs.planner.settle(task, file);
    }
  }

  /** Installs the entries. If the OS refuses, restores the earlier state and rethrows. */
  async #install(steps: readonly Step[], author: string): Promise<void> {
    const timingIds = [...new Set(steps.flatMap(({ taken }) => taken.timingIds))];
    if (timingIds.length === 0) return;
    try {
      await this.#needs.sync.ensure(timingIds);
    } catch (refused) {
      this.#needs.store.update((draft) => {
        for (const { taken, sequence } of steps.toReversed()) {
          restoreTask(draft, taken, this.#groupContext());
          this.#audit(
            author,
            { sequence, taskId: taken.taskId },
            { ...taken, before: taken.after, after: taken.before },
          );
        }
      });
      throw refused;
    }
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

  #described(record: AuditRecord, file = this.#needs.store.read()): Change {
    const { settings } = this.#needs;
    const present = { file, settings: () => settings.read() };
    return describeChange(present, record, this.#undone.isUndone(record.sequence));
  }

  #record(changeId: number): AuditRecord {
    const record = this.#needs.ledger.change(changeId);
    if (record !== null) return record;
    throw new SchedulerError('history/not-found', `There is no change ${changeId}.`, { change: changeId });
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

/** Returns the task of a change as it is now; null if it does not exist. */
function taskOf({ tasks }: ScheduleFile, record: AuditRecord | undefined): Task | null {
  const id = record?.taskId ?? null;
  return id !== null && Object.hasOwn(tasks, id) ? (tasks[id] ?? null) : null;
}

function refusal(refused: readonly Refused[]): SchedulerError {
  const reasons = refused.map(({ message }) => message).join(' ');
  return new SchedulerError('history/conflict', `Nothing was undone. ${reasons}`, { refused });
}
