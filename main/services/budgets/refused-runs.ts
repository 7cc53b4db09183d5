import { z } from 'zod';
import type { Task } from '../../contract/task.ts';
import type { Clock } from '../../ports/clock.ts';
import type { WriteLock } from '../../ports/ledger/ledger.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { BudgetRefusal } from './budgets.ts';

const refusedRunSchema = z.object({
  /** When it would have started. */
  at: z.string(),
  /** Why, and which run: `1 of 1 run today; it would have run after "Backup"`. */
  detail: z.string(),
});
type RefusedRun = z.infer<typeof refusedRunSchema>;

/** How many are remembered for each task. */
const most = 100;

type TaskId = Pick<Task, 'id'>;
const markOf = ({ id }: TaskId): string => `budget-refusals:${id}`;

/** Remembers the latest follow-ups and retries that a budget kept from starting. They have no slot that could hold the reason. */
export class RefusedRuns {
  readonly #needs: { readonly ledger: Marks & WriteLock; readonly clock: Clock };

  constructor(needs: { readonly ledger: Marks & WriteLock; readonly clock: Clock }) {
    this.#needs = needs;
  }

  /** @param what the run: `it would have run after "Backup"` */
  add(task: TaskId, refusal: Pick<BudgetRefusal, 'detail'>, what: string): void {
    const { ledger, clock } = this.#needs;
    ledger.withWriteLock(() => {
      const run = { at: clock.nowIso(), detail: `${refusal.detail}; ${what}` };
      ledger.setMark(markOf(task), JSON.stringify([...this.of(task), run].slice(-most)));
    });
  }

  /** Returns them oldest first. */
  of(task: TaskId): RefusedRun[] {
    const mark = this.#needs.ledger.mark(markOf(task));
    return mark === null ? [] : readRuns(mark);
  }
}

/** Ignores a mark in another version's format: only the explanation of past runs is lost. */
function readRuns(mark: string): RefusedRun[] {
  try {
    return z.array(refusedRunSchema).safeParse(JSON.parse(mark)).data ?? [];
  } catch {
    return [];
  }
}
