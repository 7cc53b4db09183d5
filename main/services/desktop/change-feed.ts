import { executionFilterSchema, type Execution } from '../../contract/execution.ts';
import { AtMostEvery } from '../../domain/pace/at-most-every.ts';
import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Ledger } from '../../ports/ledger/ledger.ts';
import type { Logger } from '../../ports/logger.ts';
import type { Store } from '../../ports/store.ts';
import type { ScheduleSync } from '../os-entries/schedule-sync.ts';
import { snapshotExecutions } from './snapshots.ts';

/** How often to check whether another process wrote to the ledger. The query is cheap, but waking up is not. */
const pollMs = 1000;

/** This process writes several times for one change: after the first look, in ms, the others are looked at together. */
const gatherMs = 20;

export interface ChangeFeedNeeds {
  readonly ledger: Ledger;
  readonly store: Store;
  readonly sync: Pick<ScheduleSync, 'watch'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface ChangeListener {
  scheduleChanged(): void;
  executionsChanged(executions: Execution[]): void;
  /** A proposal was made or decided. */
  proposalsChanged(): void;
  /** Slots were recorded as missed. */
  slotsMissed(): void;
  /** Retention deleted these runs, in whichever process. Only of runs among the latest that this feed has seen. */
  executionsRemoved?(executionIds: readonly string[]): void;
}

/** Notices changes by this process and by others, and reports which runs are new or different. */
export class ChangeFeed {
  readonly #needs: ChangeFeedNeeds;
  readonly #listener: ChangeListener;
  /** What the latest runs looked like, by id. Never more of them than a snapshot holds. */
  #known: ReadonlyMap<string, string> = new Map();
  #waiting = '';
  #missed = 0;
  #counter: number;
  #cancelTimer: (() => void) | null = null;
  readonly #looks: AtMostEvery;
  #watches: readonly (() => void)[] = [];

  constructor(needs: ChangeFeedNeeds, listener: ChangeListener) {
    this.#needs = needs;
    this.#listener = listener;
    const look = (): void => this.#attempt(() => this.#look());
    this.#looks = new AtMostEvery(gatherMs, look, (action, delayMs) => needs.clock.setTimer(action, delayMs));
    this.#counter = needs.ledger.changeCounter();
    this.#collect();
    this.#waitingChanged();
    this.#missedChanged();
  }

  /** Reports the runs and proposals that changed since this feed was created, then every change. */
  start(): void {
    const scheduleChanged = (): void => this.#listener.scheduleChanged();
    // The counter moves with the writes of other processes only.
    this.#watches = [
      this.#needs.store.watch(scheduleChanged),
      this.#needs.sync.watch(scheduleChanged),
      this.#needs.ledger.watch(() => this.#looks.ask()),
    ];
    this.#attempt(() => this.#look());
    this.#poll();
  }

  /** Reports the last changes, then stops. */
  stop(): void {
    for (const stopWatching of this.#watches) stopWatching();
    this.#cancelTimer?.();
    if (this.#looks.stop()) this.#attempt(() => this.#look());
  }

  #look(): void {
    if (this.#waitingChanged()) this.#listener.proposalsChanged();
    if (this.#missedChanged()) this.#listener.slotsMissed();
    const before = [...this.#known.keys()];
    const changed = this.#collect();
    const removed = this.#removedOf(before);
    if (removed.length > 0) this.#listener.executionsRemoved?.(removed);
    if (changed.length === 0) return;
    this.#listener.executionsChanged(changed);
    this.#listener.scheduleChanged();
  }

  /** A run that is no longer among the latest may only be older than they are. */
  #removedOf(before: readonly string[]): string[] {
    if (this.#listener.executionsRemoved === undefined) return [];
    return before.filter((id) => !this.#known.has(id) && this.#needs.ledger.get(id) === null);
  }

  #poll(): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => {
      this.#attempt(() => {
        const counter = this.#needs.ledger.changeCounter();
        if (counter === this.#counter) return;
        this.#look();
        // Only after a successful look: after a failed one the next poll tries again.
        this.#counter = counter;
      });
      this.#poll();
    }, pollMs);
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (problem) {
      this.#needs.logger.error('Could not check the ledger for changes', { problem: messageOf(problem) });
    }
  }

  #waitingChanged(): boolean {
    const { proposals } = this.#needs.ledger.proposals({ state: 'pending' }, { limit: 500, offset: 0 });
    const waiting = proposals.map(({ id }) => id).join(' ');
    const changed = waiting !== this.#waiting;
    this.#waiting = waiting;
    return changed;
  }

  #missedChanged(): boolean {
    const missed = this.#needs.ledger.missedChanges();
    const changed = missed !== this.#missed;
    this.#missed = missed;
    return changed;
  }

  #collect(): Execution[] {
    const { executions } = this.#needs.ledger.list(executionFilterSchema.parse({ limit: snapshotExecutions }));
    const changed = executions.filter((execution) => this.#known.get(execution.executionId) !== fingerprint(execution));
    this.#known = new Map(executions.map((execution) => [execution.executionId, fingerprint(execution)]));
    return changed;
  }
}

function fingerprint({ status, completedAt, logBytes }: Execution): string {
  return `${status} ${completedAt ?? ''} ${logBytes}`;
}
