import type { Shared } from '../../../contract/fleet.ts';
import type { Task } from '../../../contract/task.ts';
import { UnpublishedChange, type GuardedStore } from './guarded-store.ts';
import type { Publisher } from './publisher.ts';

export interface SharedWritesNeeds {
  readonly store: Pick<GuardedStore, 'updatePublished'>;
  /** Loaded only for a change of a shared task. */
  readonly publisher: () => Promise<Pick<Publisher, 'publish' | 'accepted'>>;
  /** Takes over what other members changed. */
  readonly sync: () => Promise<unknown>;
}

/** Makes changes of tasks: those of shared tasks are first accepted by the fleet, then written here. */
export class SharedWrites {
  readonly #needs: SharedWritesNeeds;

  constructor(needs: SharedWritesNeeds) {
    this.#needs = needs;
  }

  /**
   * Calls `change`, which updates the store. If it changes shared tasks, it is called again after the fleet accepted them.
   * @param author who changes them here
   * @throws SchedulerError what `change` throws, and for shared tasks `fleet/conflict`, `fleet/away`, `fleet/secret-value`.
   */
  async write<T>(author: string, change: () => T): Promise<T> {
    try {
      return change();
    } catch (problem) {
      if (!(problem instanceof UnpublishedChange)) throw problem;
      return await this.#published(problem, author, change);
    }
  }

  async #published<T>({ changes }: UnpublishedChange, by: string, change: () => T): Promise<T> {
    const publisher = await this.#needs.publisher();
    const published = new Map<string, { after: Task | null; shared: Shared | null; revision: number }>();
    try {
      for (const { before, after } of changes) {
        const { revision, runsOn } = before.shared;
        const next = { taskId: before.id, after: revision, runsOn: after === null ? null : runsOn, task: after, by };
        published.set(before.id, { after, ...(await publisher.publish(next)) });
      }
      const result = this.#needs.store.updatePublished(published, change);
      publisher.accepted(Object.fromEntries([...published].map(([id, { revision }]) => [id, revision])));
      return result;
    } catch (problem) {
      // Reads what others changed, and what was published and could not be written here, from the fleet.
      await this.#needs.sync().catch(() => undefined);
      throw problem;
    }
  }
}
