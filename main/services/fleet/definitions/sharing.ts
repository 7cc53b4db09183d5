import type { RunsOn } from '../../../contract/fleet.ts';
import type { Task } from '../../../contract/task.ts';
import { SchedulerError } from '../../../domain/errors.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { AuditTrail } from '../../../ports/ledger/audit.ts';
import type { Store } from '../../../ports/store.ts';
import { findTask } from '../../schedule/task-lookup.ts';
import type { FleetConnection } from '../fleet-connection.ts';
import type { Mirror } from './mirror.ts';
import type { Publisher } from './publisher.ts';

export interface SharingNeeds {
  readonly connection: Pick<FleetConnection, 'membership'>;
  /** Not guarded: what it writes, the fleet has accepted. */
  readonly store: Store;
  readonly publisher: Publisher;
  readonly mirror: Pick<Mirror, 'sync'>;
  readonly ledger: AuditTrail;
  readonly clock: Clock;
}

/** Makes local tasks shared tasks of the fleet, and shared tasks local. */
export class Sharing {
  readonly #needs: SharingNeeds;

  constructor(needs: SharingNeeds) {
    this.#needs = needs;
  }

  /**
   * Shares a task, or changes where a shared task runs.
   * @throws SchedulerError `task/not-found`, `fleet/not-joined`, `fleet/conflict`, `fleet/secret-value`, `fleet/away`.
   */
  share(idOrName: string, runsOn: RunsOn, author: string): Promise<Task> {
    return this.#change(idOrName, author, 'task.share', (task) => ({ runsOn, task }));
  }

  /**
   * Makes a shared task a local task of this machine. It is deleted on the other members.
   * @throws SchedulerError `task/not-found`, `fleet/not-shared`, `fleet/conflict`, `fleet/away`.
   */
  unshare(idOrName: string, author: string): Promise<Task> {
    return this.#change(idOrName, author, 'task.unshare', (task) => {
      if (task.shared !== undefined) return { runsOn: null, task: null };
      throw new SchedulerError('fleet/not-shared', `"${task.name}" is a local task of this machine.`, {
        taskId: task.id,
      });
    });
  }

  async #change(
    idOrName: string,
    by: string,
    action: string,
    next: (task: Task) => { readonly runsOn: RunsOn | null; readonly task: Task | null },
  ): Promise<Task> {
    const { connection, store, publisher, mirror, ledger, clock } = this.#needs;
    const { id } = findTask(store.read(), idOrName);
    await mirror.sync();
    const before = findTask(store.read(), id);
    const after = connection.membership().revisions[id] ?? 0;
    const { shared, revision } = await publisher.publish({ taskId: id, after, by, ...next(before) });
    const task = store.update((draft) => {
      const current = findTask(draft, id);
      const old = structuredClone(current);
      if (shared === null) delete current.shared;
      else current.shared = shared;
      current.updatedAt = clock.nowIso();
      ledger.audit({ at: current.updatedAt, author: by, action, taskId: id, before: old, after: current });
      return current;
    });
    publisher.accepted({ [id]: revision });
    return task;
  }
}
