import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import { snapshotExecutions } from './snapshots.ts';

/** How often the ledger is asked whether another process wrote. The question is cheap, but waking up for it is not. */
const pollMs = 1000;

export interface ChangeFeedNeeds {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ChangeListener {
  scheduleChanged(): void;
  executionsChanged(executions: Execution[]): void;
  executionsRemoved(executionIds: string[]): void;
  /** Agents asked for something, or it was decided. */
  proposalsChanged(): void;
}

/** RunNotifications what this process and every other one changed, and tells which executions are new or different. */
export class ChangeFeed {
  readonly #needs: ChangeFeedNeeds;
  readonly #listener: ChangeListener;
  readonly #known = new Map<string, string>();
  #waiting = '';
  #counter: number;
  #cancelTimer: (() => void) | null = null;
  #stopWatching: (() => void) | null = null;

  constructor(needs: ChangeFeedNeeds, listener: ChangeListener) {
    this.#needs = needs;
    this.#listener = listener;
    this.#counter = needs.ledger.changeCounter();
  }

  start(): void {
    this.#collect();
    this.#waitingChanged();
    this.#stopWatching = this.#needs.store.watch(() => this.#listener.scheduleChanged());
    this.#poll();
  }

  stop(): void {
    this.#stopWatching?.();
    this.#cancelTimer?.();
  }

  /** Look now: this process wrote. Its own writes do not move the counter. */
  refresh(): void {
    if (this.#waitingChanged()) this.#listener.proposalsChanged();
    const changed = this.#collect();
    if (changed.length === 0) return;
    this.#listener.executionsChanged(changed);
    this.#listener.scheduleChanged();
  }

  #poll(): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => {
      try {
        const counter = this.#needs.ledger.changeCounter();
        if (counter !== this.#counter) {
          this.#counter = counter;
          this.refresh();
        }
      } catch (problem) {
        this.#needs.logger.error('Could not look for changes in the ledger', { problem: messageOf(problem) });
      }
      this.#poll();
    }, pollMs);
  }

  #waitingChanged(): boolean {
    const { proposals } = this.#needs.ledger.proposals({ state: 'pending' }, { limit: 500, offset: 0 });
    const waiting = proposals.map(({ id }) => id).join(' ');
    const changed = waiting !== this.#waiting;
    this.#waiting = waiting;
    return changed;
  }

  #collect(): Execution[] {
    const { executions } = this.#needs.ledger.list(executionFilterSchema.parse({ limit: snapshotExecutions }));
    const changed = executions.filter((execution) => this.#known.get(execution.executionId) !== fingerprint(execution));
    for (const execution of changed) this.#known.set(execution.executionId, fingerprint(execution));
    return changed;
  }
}

function fingerprint({ status, completedAt, logBytes }: Execution): string {
  return `${status} ${completedAt ?? ''} ${logBytes}`;
}
