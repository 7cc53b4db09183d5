import type { Change, ChangeFilter } from '../../contract/history.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { AuditRecord, AuditTrail } from '../../ports/ledger/audit.ts';
import type { SettingsStore } from '../../ports/settings-store.ts';
import type { Store } from '../../ports/store.ts';
import { changesWithWords } from './changes-with-words.ts';
import { describeChange } from './describe-change.ts';
import { statesOf } from './undo-change.ts';
import type { UndoneChanges } from './undone-changes.ts';

export interface ChangeLogNeeds {
  readonly store: Pick<Store, 'read'>;
  readonly ledger: AuditTrail;
  readonly settings: Pick<SettingsStore, 'read'>;
  readonly undone: UndoneChanges;
}

/** More changes than anyone looks through, and few enough to hold in memory. */
export const mostChanges = 10_000;

/** Reads recorded changes and describes them. */
export class ChangeLog {
  readonly #needs: ChangeLogNeeds;

  constructor(needs: ChangeLogNeeds) {
    this.#needs = needs;
  }

  /** Returns changes, newest first. `taskId` may belong to a deleted task. */
  list({ limit, words, ...filter }: ChangeFilter): Change[] {
    const { ledger, store } = this.#needs;
    const file = store.read();
    const records =
      words === undefined
        ? ledger.changes(filter, limit)
        : changesWithWords(ledger, { filter, words, limit, mostRead: mostChanges });
    return records.map((record) => this.described(record, file));
  }

  /** Returns everyone who changed something, in alphabetical order. */
  authors(): string[] {
    return this.#needs.ledger.authors();
  }

  /** @throws SchedulerError `history/not-found`. */
  get(changeId: number): Change {
    return this.described(this.record(changeId));
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

  /** @param file the schedule as it is now */
  described(record: AuditRecord, file = this.#needs.store.read()): Change {
    const { settings, undone } = this.#needs;
    const present = { file, settings: () => settings.read() };
    return describeChange(present, record, undone.isUndone(record.sequence));
  }

  /** @throws SchedulerError `history/not-found`. */
  record(changeId: number): AuditRecord {
    const record = this.#needs.ledger.change(changeId);
    if (record !== null) return record;
    throw new SchedulerError('history/not-found', `There is no change ${changeId}.`, { change: changeId });
  }
}
