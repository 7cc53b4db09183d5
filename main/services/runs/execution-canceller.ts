import type { Execution } from '../../contract/execution.ts';
import { SchedulerError } from '../../domain/errors.ts';
import { foundExecution } from '../../domain/not-found.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { AttemptRunner } from './attempts/attempt-runner.ts';
import type { Recovery } from './recovery.ts';

export interface ExecutionCancellerNeeds {
  readonly ledger: ExecutionRecords;
  readonly clock: Clock;
  readonly processTree: ProcessTree;
  readonly attempts: AttemptRunner;
  readonly recovery: Pick<Recovery, 'run'>;
}

const pollMs = 100;

/** Stops a running execution, whichever process of this user runs it. */
export class ExecutionCanceller {
  readonly #needs: ExecutionCancellerNeeds;

  constructor(needs: ExecutionCancellerNeeds) {
    this.#needs = needs;
  }

  /**
   * Cancels and waits for the end.
   * @throws SchedulerError `execution/not-found`, `execution/not-running`.
   */
  async cancel(executionId: string): Promise<Execution> {
    // A run whose process is gone was interrupted earlier, and is not cancelled now.
    this.#needs.recovery.run();
    const execution = this.#read(executionId);
    if (execution.status !== 'running') {
      const message = `The run ${executionId} is not running: it ended with status ${execution.status}.`;
      throw new SchedulerError('execution/not-running', message, { executionId, status: execution.status });
    }
    await this.stop(executionId, false);
    while (this.#read(executionId).status === 'running') await this.#pause();
    return this.#read(executionId);
  }

  /** @param atOnce true kills without the grace period that follows TERM */
  async stop(executionId: string, atOnce: boolean): Promise<void> {
    const { attempts } = this.#needs;
    if (!atOnce && attempts.cancel(executionId, 'cancelled')) return;
    this.#stopByTree(executionId);
    attempts.cancel(executionId, 'cancelled');
  }

  /**
   * Stops an execution of another process, or any execution at once. Writes the outcome first, because the first one
   * counts and the owner would otherwise report the killed worker as a failure.
   */
  #stopByTree(executionId: string): void {
    const { ledger, clock, processTree } = this.#needs;
    const running = ledger.running().find(({ execution }) => execution.executionId === executionId);
    if (running === undefined) return;
    const { execution, worker } = running;
    ledger.finish(executionId, {
      status: 'cancelled',
      completedAt: clock.nowIso(),
      exitCode: null,
      signal: null,
      result: null,
      error: { code: 'execution/cancelled', message: 'Cancelled while it was running.' },
      logBytes: execution.logBytes,
      peakMemoryBytes: null,
      cpuMs: null,
    });
    // No worker is recorded for a run in a shared one: its processes are found by their mark.
    if (worker === null) processTree.signal(0, executionId, 'SIGKILL');
    else if (processTree.isAlive(worker)) processTree.signal(worker.pid, executionId, 'SIGKILL');
  }

  #read(executionId: string): Execution {
    return foundExecution(this.#needs.ledger.get(executionId), executionId);
  }

  #pause(): Promise<void> {
    return new Promise((resolve) => this.#needs.clock.setTimer(resolve, pollMs));
  }
}
