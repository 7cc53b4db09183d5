import { messageOf } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { Logger } from '../../ports/logger.ts';
import type { RunIndexing as IndexedRuns } from '../../ports/ledger/pages.ts';

/** Runs added to the index in one transaction. Limited, so that a process that claims a slot does not wait long. */
const piece = 500;
/** Pause between two transactions, in ms: a million runs then take a few minutes, and nobody notices. */
const pauseMs = 50;
/** Pause after a failure, such as a full disk, in ms. */
const retryMs = 60_000;

export interface RunIndexingNeeds {
  readonly ledger: IndexedRuns;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Adds the runs of a ledger of an earlier version to its index in the background, until all are there. */
export class RunIndexing {
  readonly #needs: RunIndexingNeeds;
  #cancelTimer: () => void = () => undefined;
  #warned = '';

  constructor(needs: RunIndexingNeeds) {
    this.#needs = needs;
  }

  start(): void {
    this.#later(pauseMs);
  }

  stop(): void {
    this.#cancelTimer();
  }

  #later(delayMs: number): void {
    this.#cancelTimer = this.#needs.clock.setTimer(() => this.#next(), delayMs);
  }

  #next(): void {
    try {
      if (this.#needs.ledger.indexEarlierRuns(piece)) this.#later(pauseMs);
    } catch (error) {
      const problem = messageOf(error);
      if (problem !== this.#warned)
        this.#needs.logger.warn(`Earlier runs were not indexed, so searches are slow: ${problem}`);
      this.#warned = problem;
      this.#later(retryMs);
    }
  }
}
