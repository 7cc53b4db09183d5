import { isDeepStrictEqual } from 'node:util';
import type { Schedule, ScheduleChange } from '../../contract/schedule-change.ts';

type Unrevised = Omit<Schedule, 'revision'>;

/**
 * Numbers the schedules that windows get, and returns what is different from one to the next. Every window gets the same
 * changes. A window that gets a whole schedule between two of them follows from the next one on.
 */
export class ScheduleRevisions {
  #revision = 0;
  #tasks: Revised<Schedule['tasks'][number]> | null = null;
  #timings: Revised<Schedule['timings'][number]> | null = null;

  /** Returns the revision with which a window gets this whole schedule. It may be newer than the last change. */
  whole({ tasks, timings }: Unrevised): number {
    if (this.#tasks === null || this.#timings === null) this.#begin({ tasks, timings });
    this.#tasks?.show(tasks);
    this.#timings?.show(timings);
    return this.#revision;
  }

  /** Returns what is different since the last change. Where no window got a schedule yet, this is the first one. */
  change({ tasks, timings, ...rest }: Unrevised): ScheduleChange {
    if (this.#tasks === null || this.#timings === null) this.#begin({ tasks, timings });
    const from = this.#revision;
    this.#revision += 1;
    const none = { changed: [], removed: [], order: null };
    return {
      ...rest,
      ...{ from, revision: this.#revision },
      tasks: this.#tasks?.next(tasks) ?? none,
      timings: this.#timings?.next(timings) ?? none,
    };
  }

  #begin({ tasks, timings }: Pick<Unrevised, 'tasks' | 'timings'>): void {
    this.#revision = 1;
    this.#tasks = new Revised(tasks);
    this.#timings = new Revised(timings);
  }
}

/** The tasks, or the groups, of the last revision. */
class Revised<T extends { readonly id: string }> {
  #items: ReadonlyMap<string, T>;
  /** Those that a window was shown differently from the last revision. The next change has them, even if they are as before. */
  readonly #shown = new Set<string>();
  #isShownInOtherOrder = false;

  constructor(items: readonly T[]) {
    this.#items = byId(items);
  }

  show(items: readonly T[]): void {
    for (const id of this.#differing(byId(items))) this.#shown.add(id);
    this.#isShownInOtherOrder ||= !isSameOrder(items, [...this.#items.values()]);
  }

  next(items: readonly T[]): { changed: T[]; removed: string[]; order: string[] | null } {
    const now = byId(items);
    const ids = new Set([...this.#differing(now), ...this.#shown]);
    const changed = items.filter(({ id }) => ids.has(id));
    const removed = [...ids].filter((id) => !now.has(id));
    const stay = [...this.#items.values()].filter(({ id }) => now.has(id));
    const added = items.filter(({ id }) => !this.#items.has(id));
    const isInOrder = !this.#isShownInOtherOrder && isSameOrder(items, [...stay, ...added]);
    this.#items = now;
    this.#shown.clear();
    this.#isShownInOtherOrder = false;
    return { changed, removed, order: isInOrder ? null : items.map(({ id }) => id) };
  }

  #differing(now: ReadonlyMap<string, T>): string[] {
    const gone = [...this.#items.keys()].filter((id) => !now.has(id));
    const different = [...now].filter(([id, item]) => !isDeepStrictEqual(item, this.#items.get(id))).map(([id]) => id);
    return [...gone, ...different];
  }
}

const byId = <T extends { readonly id: string }>(items: readonly T[]) => new Map(items.map((item) => [item.id, item]));

const isSameOrder = (a: readonly { readonly id: string }[], b: readonly { readonly id: string }[]): boolean =>
  a.length === b.length && a.every(({ id }, index) => id === b[index]?.id);
