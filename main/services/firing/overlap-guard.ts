import type { OverlapPolicy, Task } from '../../contract/task.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ExecutionCanceller } from '../runs/execution-canceller.ts';
import type { Recovery } from '../runs/recovery.ts';
import type { StoppableWaits } from './stoppable-waits.ts';

export interface OverlapGuardNeeds {
  readonly ledger: ExecutionRecords;
  readonly waits: StoppableWaits;
  readonly canceller: ExecutionCanceller;
  readonly recovery: Recovery;
}

/** How often to check whether the execution that a slot waits for has ended; another process may run it. */
const waitPollMs = 250;

/** Decides what happens to a slot while an earlier execution of its task still runs. */
export class OverlapGuard {
  readonly #needs: OverlapGuardNeeds;
  /** Number of waiting slots per task. */
  readonly #waiting = new Map<string, number>();

  constructor(needs: OverlapGuardNeeds) {
    this.#needs = needs;
  }

  /**
   * Resolves true to start now, or false to skip the slot for `overlap`. Can take as long as the earlier execution, but
   * resolves when the waits are stopped.
   */
  async admit(task: Task, policy: OverlapPolicy): Promise<boolean> {
    if (policy === 'allow-all' || !this.#isRunning(task.id)) return true;
    switch (policy) {
      case 'skip':
        return false;
      case 'buffer-one':
        return this.#waiting.has(task.id) ? false : this.#wait(task.id);
      case 'buffer-all':
        return this.#wait(task.id);
      case 'cancel-other':
      case 'terminate-other':
        for (const id of this.#runningIds(task.id)) await this.#needs.canceller.stop(id, policy === 'terminate-other');
        return this.#wait(task.id);
    }
  }

  async #wait(taskId: string): Promise<true> {
    this.#waiting.set(taskId, (this.#waiting.get(taskId) ?? 0) + 1);
    try {
      while (!this.#needs.waits.stopped && this.#isRunning(taskId)) await this.#needs.waits.for(waitPollMs);
      return true;
    } finally {
      const left = (this.#waiting.get(taskId) ?? 1) - 1;
      if (left === 0) this.#waiting.delete(taskId);
      else this.#waiting.set(taskId, left);
    }
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
