import { messageOf } from '../../domain/errors.ts';
import type { SlotWaits, WaitReason } from '../../ports/ledger/waits.ts';
import type { Logger } from '../../ports/logger.ts';
import type { ProcessIdentity } from '../../ports/process-tree.ts';
import type { SlotPlanner } from '../schedule/slot-planner.ts';

export interface HeldSlotNeeds {
  readonly planner: Pick<SlotPlanner, 'hold'>;
  readonly ledger: SlotWaits;
  readonly owner: ProcessIdentity;
  readonly logger: Logger;
}

/**
 * A slot that this process will run. Another fire of its group, in this process or another, must not plan it again, or
 * call it missed. The ledger learns of it only if it waits: most slots start at once.
 */
export class HeldSlot {
  readonly #needs: HeldSlotNeeds;
  readonly #key: { readonly taskId: string; readonly slot: string; readonly owner: ProcessIdentity };
  readonly #letGo: () => void;
  #isRecorded = false;
  #tellInLedger: () => void = () => undefined;
  /** Resolves when the ledger holds the claim of this slot, or why it does not run; never if that fails. */
  readonly inLedger = new Promise<void>((resolve) => (this.#tellInLedger = resolve));

  constructor(needs: HeldSlotNeeds, taskId: string, slotMs: number) {
    this.#needs = needs;
    this.#key = { taskId, slot: new Date(slotMs).toISOString(), owner: needs.owner };
    this.#letGo = needs.planner.hold(taskId, slotMs);
  }

  waits(reason: WaitReason): void {
    this.#record(() => {
      this.#needs.ledger.setWait({ ...this.#key, reason });
      this.#isRecorded = true;
    });
  }

  /** After the run before it has ended: only its turn is awaited still. */
  admitted(): void {
    if (this.#isRecorded) this.waits('turn');
  }

  /** The ledger holds its claim, or why it does not run. */
  settled(): void {
    this.#tellInLedger();
    this.endWait();
  }

  /** Returns as `endWait` does. */
  letGo(): boolean {
    this.#letGo();
    return this.endWait();
  }

  /** Returns false if the ledger could not take it, and still shows that the slot waits: no fire would run it. Call again later. */
  endWait(): boolean {
    if (!this.#isRecorded) return true;
    this.#record(() => {
      this.#needs.ledger.endWait(this.#key);
      this.#isRecorded = false;
    });
    return !this.#isRecorded;
  }

  /** The slot runs even if its wait, or the end of it, could not be recorded. */
  #record(write: () => void): void {
    try {
      write();
    } catch (problem) {
      const { taskId: task, slot } = this.#key;
      this.#needs.logger.warn('Could not record that a slot waits', { task, slot, problem: messageOf(problem) });
    }
  }
}
