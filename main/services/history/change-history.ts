import type { Change, ChangeFilter, UndoResult } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditFilter, AuditTrail } from '../../ports/ledger/audit.ts';
import type { AgentSchedules } from '../../ports/agent-schedules.ts';
import type { PersonCrontab } from '../../ports/person-crontab.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import type { SharedWrites } from '../fleet/definitions/shared-writes.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';
import { ChangeLog, mostChanges } from './change-log.ts';
import { isOfAgents, isOfOtherSide, isOfSettings } from './undo-change.ts';
import { DefinitionUndos, type UndoPrecondition } from './undo-definitions.ts';
import { OtherUndos } from './undo-others.ts';
import { UndoneChanges } from './undone-changes.ts';

export interface ChangeHistoryNeeds {
  readonly store: Store;
  readonly fleet: Pick<SharedWrites, 'write'>;
  readonly ledger: AuditTrail;
  readonly settings: SettingsStore;
  readonly clock: Clock;
  readonly sync: Pick<ScheduleSync, 'ensure'>;
  readonly planner: Pick<SlotPlanner, 'settle'>;
  /** IANA zone of this machine. */
  readonly machineTimezone: () => string;
  readonly newId: () => string;
  readonly crontab: () => Promise<Pick<PersonCrontab, 'restore'>>;
  readonly agentSchedules: () => Promise<Pick<AgentSchedules, 'restore'>>;
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

export interface UndoOptions {
  /** True undoes what can be undone and lists the rest. @default false: all or nothing */
  readonly partial?: boolean;
}

/** Lists changes and undoes them. Every undo is itself a change, with its own author. */
export class ChangeHistory {
  readonly #needs: ChangeHistoryNeeds;
  readonly #undone: UndoneChanges;
  readonly #log: ChangeLog;
  readonly #definitions: DefinitionUndos;
  readonly #others: OtherUndos;

  constructor(needs: ChangeHistoryNeeds) {
    this.#needs = needs;
    this.#undone = new UndoneChanges(needs.ledger);
    this.#log = new ChangeLog({ ...needs, undone: this.#undone });
    this.#definitions = new DefinitionUndos({ ...needs, log: this.#log });
    this.#others = new OtherUndos({ ...needs, log: this.#log });
  }

  /** Returns changes, newest first. `taskId` may belong to a deleted task. */
  list(filter: ChangeFilter): Change[] {
    return this.#log.list(filter);
  }

  /** Returns everyone who changed something, in alphabetical order. */
  authors(): string[] {
    return this.#log.authors();
  }

  /** @throws SchedulerError `history/not-found`. */
  get(changeId: number): Change {
    return this.#log.get(changeId);
  }

  /**
   * Returns the id of a task by its id or name, deleted tasks included; for a name, of the task that had it last.
   * @throws SchedulerError `task/not-found`.
   */
  findTaskId(idOrName: string): string {
    return this.#log.findTaskId(idOrName);
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
    const record = this.#log.record(changeId);
    this.#undone.refuse(record);
    if (isOfSettings(record)) return this.#others.settings(record, author, null);
    return this.#definitions.undo([record], author, { partial: false, batch: null }, precondition);
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
    const definitions = records.filter((record) => !isOfSettings(record) && !isOfOtherSide(record));
    const result = await this.#definitions.undo(definitions, author, { partial: options.partial === true, batch });
    const settings = records.filter(isOfSettings).map((record) => this.#others.trySettings(record, author, batch));
    // The tasks are gone before their lines run again: nothing runs twice.
    const lines: UndoResult[] = [];
    for (const record of records.filter(isOfOtherSide))
      lines.push(await this.#others.restoreEntries(record, author, batch));
    return [result, ...settings, ...lines].reduce((all, one) => ({
      undone: [...all.undone, ...one.undone],
      changes: [...one.changes, ...all.changes],
      refused: [...all.refused, ...one.refused],
    }));
  }
}
