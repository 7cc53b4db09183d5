import { z } from 'zod';
import type { Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { BudgetRefusal } from './budgets.ts';

const newsSchema = z.object({
  /** When the budget first kept a run from starting, in this period. */
  sinceMs: z.number(),
  periodEndMs: z.number(),
});
export type RefusedSince = z.infer<typeof newsSchema>;

const markOf = ({ id }: Pick<Task, 'id'>): string => `budget:${id}`;

/** Remembers in the ledger which tasks a budget has stopped, so that people are notified once for each day or month. */
export class BudgetNews {
  readonly #needs: { readonly ledger: Marks; readonly clock: Clock };

  constructor(needs: { readonly ledger: Marks; readonly clock: Clock }) {
    this.#needs = needs;
  }

  /** Call when a budget has kept a run from starting. Writes once for each period. */
  refused(task: Pick<Task, 'id'>, { periodEndMs }: Pick<BudgetRefusal, 'periodEndMs'>): void {
    const { ledger, clock } = this.#needs;
    if (this.since(task)?.periodEndMs === periodEndMs) return;
    ledger.setMark(markOf(task), JSON.stringify({ sinceMs: clock.now(), periodEndMs } satisfies RefusedSince));
  }

  /** Returns since when a budget of a period that has not ended has stopped the task; null if none has. */
  since(task: Pick<Task, 'id'>): RefusedSince | null {
    const { ledger, clock } = this.#needs;
    const mark = ledger.mark(markOf(task));
    const news = mark === null ? null : readNews(mark);
    return news !== null && clock.now() < news.periodEndMs ? news : null;
  }
}

/** Ignores a mark in another version's format: at worst a notification is repeated. */
function readNews(mark: string): RefusedSince | null {
  try {
    return newsSchema.safeParse(JSON.parse(mark)).data ?? null;
  } catch {
    return null;
  }
}
