import type { Shared } from '../../../contract/fleet.ts';
import type { ScheduleFile, Task } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import { isSameDefinition } from '../../../domain/fleet/definition.ts';
import type { Store, StoreBackup, StoreState } from '../../../ports/store.ts';

/** A change of a shared task. `after` is null if it was deleted. */
export interface SharedChange {
  readonly before: Task & { readonly shared: Shared };
  readonly after: Task | null;
}

/** A change of shared tasks that the other members do not know yet. Nothing was written. */
export class UnpublishedChange extends SchedulerError {
  readonly changes: readonly SharedChange[];

  constructor(changes: readonly SharedChange[]) {
    const names = changes.map(({ before }) => `"${before.name}"`).join(', ');
    const message = `${names} belongs to the fleet. Change one shared task at a time, by its own command or page; or make it a local task first with \`unshare\`.`;
    super('fleet/shared-task', message, { taskIds: changes.map(({ before }) => before.id) });
    this.changes = changes;
  }
}

type Published = ReadonlyMap<string, { readonly after: Task | null; readonly shared: Shared | null }>;

/**
 * The definitions of this machine, which refuses every change of a shared task that the fleet has not accepted before.
 * A change by any path (an import, an undo, a bulk change) cannot make this machine run what the others do not.
 */
export class GuardedStore implements Store {
  readonly #store: Store;
  #published: Published = new Map();

  constructor(store: Store) {
    this.#store = store;
  }

  get path(): string {
    return this.#store.path;
  }

  read(): ScheduleFile {
    return this.#store.read();
  }

  /** @throws SchedulerError as `Store.update`, and `fleet/shared-task` (`UnpublishedChange`). */
  update<T>(change: (draft: ScheduleFile) => T): T {
    return this.#store.update((draft) => {
      const before = sharedTasks(draft).map((task) => structuredClone(task));
      const result = change(draft);
      this.#check(before, draft);
      return result;
    });
  }

  /** Makes a change that the fleet has accepted. */
  updatePublished<T>(published: Published, change: () => T): T {
    this.#published = published;
    try {
      return change();
    } finally {
      this.#published = new Map();
    }
  }

  state(): StoreState {
    return this.#store.state();
  }

  backups(): StoreBackup[] {
    return this.#store.backups();
  }

  restore(backupName: string): string | null {
    return this.#store.restore(backupName);
  }

  adopt(convert: (text: string) => ScheduleFile | null): string | null {
    return this.#store.adopt(convert);
  }

  watch(listener: () => void): () => void {
    return this.#store.watch(listener);
  }

  #check(before: readonly SharedTask[], draft: ScheduleFile): void {
    const known = new Map(before.map((task) => [task.id, task]));
    // A copy of a shared task, from an import or by undoing its deletion, is a local task.
    for (const task of sharedTasks(draft)) if (!known.has(task.id)) delete (task as Task).shared;
    const unpublished = before.flatMap((task): SharedChange[] => {
      const after = Object.hasOwn(draft.tasks, task.id) ? (draft.tasks[task.id] ?? null) : null;
      const published = this.#published.get(task.id);
      if (published !== undefined && isSame(published.after, after)) {
        if (after !== null && published.shared !== null) after.shared = published.shared;
        else if (after !== null) delete after.shared;
        return [];
      }
      if (after !== null) after.shared = task.shared;
      return isSame(task, after) ? [] : [{ before: task, after: after === null ? null : structuredClone(after) }];
    });
    if (unpublished.length > 0) throw new UnpublishedChange(unpublished);
  }
}

type SharedTask = Task & { readonly shared: Shared };

const sharedTasks = (file: ScheduleFile): SharedTask[] =>
  Object.values(file.tasks).filter((task): task is SharedTask => task.shared !== undefined);

const isSame = (one: Task | null, other: Task | null): boolean =>
  one === null || other === null ? one === other : isSameDefinition(one, other);
