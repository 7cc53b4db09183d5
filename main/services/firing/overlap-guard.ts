import type { OverlapPolicy, Task } from '../../contract/task.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { SlotWaits } from '../../ports/ledger/waits.ts';
import type { ExecutionCanceller } from '../runs/execution-canceller.ts';
import type { Recovery } from '../runs/recovery.ts';
import type { StoppableWaits } from './stoppable-waits.ts';

export interface OverlapGuardNeeds {
  readonly ledger: ExecutionRecords & SlotWaits;
  readonly waits: StoppableWaits;
  readonly canceller: ExecutionCanceller;
  readonly recovery: Recovery;
}

/** How often to check whether the execution that a slot waits for has ended; another process may run it. */
const waitPollMs = 250;

/** Decides what happens to a slot while an earlier execution of its task still runs. */
export class OverlapGuard {
  readonly #needs: OverlapGuardNeeds;

  constructor(needs: OverlapGuardNeeds) {
    this.#needs = needs;
  }

  /**
   * Resolves true to start now, or false to skip the slot for `overlap`. Can take as long as the earlier execution, but
   * resolves when the waits are stopped.
   *
   * @param onWait called before it waits; records the wait, so that slots that come after this one see it
   */
  async admit(task: Task, policy: OverlapPolicy, onWait: () => void): Promise<boolean> {
    if (policy === 'allow-all' || !this.#isRunning(task.id)) return true;
    switch (policy) {
      case 'skip':
        return false;
      case 'buffer-one':
        if (this.#isAwaited(task.id)) return false;
        break;
      case 'buffer-all':
        break;
      case 'cancel-other':
      case 'terminate-other':
        for (const id of this.#runningIds(task.id)) await this.#needs.canceller.stop(id, policy === 'terminate-other');
    }
    onWait();
    const { waits } = this.#needs;
    while (!waits.stopped && this.#isRunning(task.id)) await waits.for(waitPollMs);
    return true;
  }

  /** True if a slot of the task waits already, in any process. */
  #isAwaited(id: string): boolean {
    return this.#needs.ledger.waits().some(({ taskId, reason }) => taskId === id && reason === 'overlap');
  }

  /** Runs recovery first, so that a crashed owner does not block its task. */
  #isRunning(taskId: string): boolean {
    if (this.#runningIds(taskId).length === 0) return false;
    this.#needs.recovery.run();
    return this.#runningIds(taskId).length > 0;
  }

  #runningIds(taskId: string): string[] {
    return this.#needs.ledger
      .running()
      .filter(({ execution }) => execution.taskId === taskId)
      .map(({ execution }) => execution.executionId);
  }
}
