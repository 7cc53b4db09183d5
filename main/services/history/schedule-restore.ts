import type { Backup, RestoreChange, RestoreResult } from '../../contract/backups.ts';
import type { ScheduleFile, Task } from '../../contract/task.ts';
import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Store, StoreBackup } from '../../ports/store.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import { differences } from './differences.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';

export interface ScheduleRestoreNeeds {
  readonly store: Store;
  readonly ledger: AuditTrail & WriteLock;
  readonly clock: Clock;
  readonly sync: Pick<ScheduleSync, 'sync'>;
  readonly newId: () => string;
}

interface TaskChange {
  readonly before: Task | null;
  readonly after: Task | null;
}

/** Lists the backups of the schedule with what each would change, and restores them. */
export class ScheduleRestore {
  readonly #needs: ScheduleRestoreNeeds;

  constructor(needs: ScheduleRestoreNeeds) {
    this.#needs = needs;
  }

  /**
   * Returns the backups, newest first, compared with the current schedule or, if that is unreadable, the one last read.
   */
  list(): Backup[] {
    const present = this.#present();
    return this.#needs.store.backups().map(({ name, savedAt, file }) => ({
      name,
      savedAt,
      tasks: file === null ? null : Object.keys(file.tasks).length,
      changes: file === null ? [] : taskChanges(present, file).map(described),
    }));
  }

  /** @throws SchedulerError `store/no-backup`. */
  preview(name: string): RestoreChange[] {
    return taskChanges(this.#present(), fileOf(this.#needs.store.backups(), name)).map(described);
  }

  /**
   * Replaces the schedule by a backup, even while the schedule is unreadable. Each task that this changes is a change
   * in the history, all in one batch. The replaced file is kept beside the schedule.
   *
   * @throws SchedulerError `store/no-backup`, `store/read-only`, `store/locked`.
   */
  async restore(name: string, author: string): Promise<RestoreResult> {
    const { store, ledger, sync } = this.#needs;
    const batch = this.#needs.newId();
    fileOf(store.backups(), name);
    const { changes, kept } = ledger.withWriteLock(() => {
      const present = this.#present();
      const replaced = store.restore(name);
      const done = taskChanges(present, store.read());
      for (const { before, after } of done) this.#audit(author, { before, after }, batch);
      return { changes: done, kept: replaced };
    });
    await sync.sync();
    return { changes: changes.map(described), kept, batch: changes.length === 0 ? null : batch };
  }

  /**
   * Returns the current schedule. While the file is unreadable, returns the schedule last read, or the one last saved
   * if this process has never read it: an unreadable file is no decision to delete every task.
   */
  #present(): ScheduleFile | null {
    const { store } = this.#needs;
    try {
      return store.read();
    } catch (problem) {
      if (!(problem instanceof SchedulerError) || !problem.code.startsWith('store/')) throw problem;
      return store.backups().find(({ file }) => file !== null)?.file ?? null;
    }
  }

  #audit(author: string, { before, after }: TaskChange, batch: string): void {
    const taskId = (after ?? before)?.id ?? null;
    const at = this.#needs.clock.nowIso();
    this.#needs.ledger.audit({ at, author, action: 'task.restore', taskId, before, after, batch });
  }
}

function taskChanges(before: ScheduleFile | null, after: ScheduleFile): TaskChange[] {
  const old = before?.tasks ?? {};
  const ids = new Set([...Object.keys(old), ...Object.keys(after.tasks)]);
  return [...ids]
    .map((id) => ({ before: old[id] ?? null, after: after.tasks[id] ?? null }))
    .filter((change) => differences(change.before, change.after).length > 0);
}

function described({ before, after }: TaskChange): RestoreChange {
  return {
    kind: before === null ? 'created' : after === null ? 'deleted' : 'changed',
    taskId: (after ?? before)?.id ?? null,
    taskName: (after ?? before)?.name ?? null,
    differences: differences(before, after),
  };
}

function fileOf(backups: readonly StoreBackup[], name: string): ScheduleFile {
  const file = backups.find((backup) => backup.name === name)?.file ?? null;
  if (file !== null) return file;
  const readable = backups.flatMap((backup) => (backup.file === null ? [] : [backup.name]));
  const known = readable.length === 0 ? 'none' : readable.join(', ');
  throw new SchedulerError('store/no-backup', `There is no readable backup "${name}". Readable backups: ${known}.`, {
    backup: name,
  });
}
