import type { NewExecution } from '../../../ports/ledger/executions.ts';
import type { SlotClaims } from '../../../ports/ledger/claims.ts';

interface Waiting {
  readonly execution: NewExecution;
  readonly mayStart: (() => boolean) | undefined;
  readonly settle: (claimed: boolean) => void;
  readonly refuse: (problem: unknown) => void;
}

/**
 * Writes claims of the same moment in one transaction, so that they share one wait for the disk. Otherwise each task of
 * a group would start later than the one before it by such a wait.
 */
export class ClaimBatch {
  readonly #ledger: SlotClaims;
  #waiting: Waiting[] = [];

  constructor(ledger: SlotClaims) {
    this.#ledger = ledger;
  }

  /**
   * Claims a slot as `Ledger.claim` does. On disk once it resolves; rejects with what the ledger threw.
   * @param mayStart asked in the transaction if the slot is free; false leaves it free
   */
  claim(execution: NewExecution, mayStart?: () => boolean): Promise<boolean> {
    return new Promise((settle, refuse) => {
      this.#waiting.push({ execution, mayStart, settle, refuse });
      if (this.#waiting.length === 1) setImmediate(() => this.#write());
    });
  }

  #write(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const asked = new Map(batch.map(({ execution, mayStart }) => [execution, mayStart]));
      const claimed = this.#ledger.claimAll([...asked.keys()], (execution) => asked.get(execution)?.() ?? true);
      for (const [index, { settle }] of batch.entries()) settle(claimed[index] === true);
    } catch (problem) {
      for (const { refuse } of batch) refuse(problem);
    }
  }
}
