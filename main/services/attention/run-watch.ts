import type { Execution } from '../../contract/execution.ts';
import { executionFilterSchema } from '../../contract/execution.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ExecutionPages } from '../../ports/ledger/pages.ts';
import type { Marks } from '../../ports/ledger/marks.ts';
import type { Store } from '../../ports/store.ts';
import { credentialProblems } from '../credentials/credential-news.ts';
import type { AttentionWatch } from './attention-watch.ts';
import type { TaskAttention } from './task-attention.ts';

/** As often as the running app looks. */
const lookMs = 30_000;

export interface RunWatchNeeds {
  readonly store: Store;
  readonly ledger: ExecutionPages & Pick<Marks, 'mark'>;
  readonly clock: Clock;
  readonly attention: Pick<TaskAttention, 'lateStart'>;
  readonly watch: Pick<AttentionWatch, 'untold'>;
}

/** Watches the tasks of one group while a process of the OS scheduler runs them, and the sign-ins of all, because no app does. */
export class RunWatch {
  readonly #needs: RunWatchNeeds;

  constructor(needs: RunWatchNeeds) {
    this.#needs = needs;
  }

  /**
   * Calls `tell` at most once, when a task of the group needs attention without a notification yet, or started too late, or
   * when any task cannot sign in.
   * Looks now and then until the returned function is called, which looks a last time.
   */
  follow(timingId: string, tell: () => void): () => void {
    const { clock } = this.#needs;
    const since = clock.nowIso();
    let cancel = (): void => undefined;
    let told = false;
    const look = (): void => {
      if (told || !this.#hasNews(timingId, since)) return;
      told = true;
      tell();
    };
    const lookLater = (): void => {
      cancel = clock.setTimer(() => {
        look();
        lookLater();
      }, lookMs);
    };
    lookLater();
    return () => {
      cancel();
      look();
    };
  }

  #hasNews(timingId: string, since: string): boolean {
    const { store, ledger, attention, watch } = this.#needs;
    const { tasks, timings } = store.read();
    const signedOut = Object.keys(credentialProblems(ledger));
    if (watch.untold([...(timings[timingId]?.taskIds ?? []), ...signedOut]).length > 0) return true;
    const startedLate = (execution: Execution): boolean => {
      const task = tasks[execution.taskId];
      return task !== undefined && attention.lateStart(task, execution) !== null;
    };
    return ledger.list(executionFilterSchema.parse({ timingId, since, limit: 1000 })).executions.some(startedLate);
  }
}
