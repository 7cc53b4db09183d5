import type { Ledger, NewExecution } from '../../ports/ledger.ts';

interface Waiting {
  readonly execution: NewExecution;
  readonly settle: (claimed: boolean) => void;
  readonly refuse: (problem: unknown) => void;
}

/**
 * Claims asked for at the same moment share one transaction, and so one wait for the disk: else the last task of a
 * group would start as many such waits late as there are tasks before it.
 */
export class ClaimBatch {
  readonly #ledger: Pick<Ledger, 'claimAll'>;
  #waiting: Waiting[] = [];

  constructor(ledger: Pick<Ledger, 'claimAll'>) {
    this.#ledger = ledger;
  }

  /** As `Ledger.claim`, on disk once it resolves. Rejects with what the ledger threw. */
  claim(execution: NewExecution): Promise<boolean> {
    return new Promise((settle, refuse) => {
      this.#waiting.push({ execution, settle, refuse });
      if (this.#waiting.length === 1) setImmediate(() => this.#write());
    });
  }

  #write(): void {
    const batch = this.#waiting;
    this.#waiting = [];
    try {
      const claimed = this.#ledger.claimAll(batch.map(({ execution }) => execution));
      for (const [index, { settle }] of batch.entries()) settle(claimed[index] === true);
    } catch (problem) {
      for (const { refuse } of batch) refuse(problem);
    }
  }
}
