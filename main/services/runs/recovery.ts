import type { Execution } from '../../contract/execution.ts';
import type { Clock } from '../../ports/clock.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';

/** No process has this pid, and no process has it as its parent. */
const NO_PROCESS = -1;

export interface RecoveryNeeds {
  readonly ledger: ExecutionRecords;
  readonly clock: Clock;
  readonly processTree: ProcessTree;
  /** Returns the size of a file in bytes, 0 if it does not exist. */
  readonly fileSize: (path: string) => number;
}

/**
 * Ends executions whose owner is gone (crash, power cut, SIGKILL): stops what they started, and marks them
 * `interrupted` with the log they have. A process is alive only if pid and start time match, so a reused pid does not
 * count.
 */
export class Recovery {
  readonly #needs: RecoveryNeeds;

  constructor(needs: RecoveryNeeds) {
    this.#needs = needs;
  }

  run(): Execution[] {
    const { ledger, processTree } = this.#needs;
    const orphans = ledger.running().filter(({ owner }) => !processTree.isAlive(owner));
    return orphans.flatMap(({ execution, worker }) => {
      // The worker usually died with its owner; what it started lives on and is found by its mark. A pid that another
      // process has reused must not be the root.
      const root = worker !== null && processTree.isAlive(worker) ? worker.pid : NO_PROCESS;
      processTree.signal(root, execution.executionId, 'SIGKILL');
      return this.#interrupt(execution) ?? [];
    });
  }

  #interrupt(execution: Execution): Execution | null {
    const { ledger, clock, fileSize } = this.#needs;
    const message = 'The scheduler ended (crash, power cut or kill) while this ran, so its outcome is not known.';
    ledger.finish(execution.executionId, {
      status: 'interrupted',
      completedAt: clock.nowIso(),
      exitCode: null,
      signal: null,
      result: null,
      error: { code: 'execution/interrupted', message },
      logBytes: execution.logPath === null ? 0 : fileSize(execution.logPath),
      peakMemoryBytes: execution.peakMemoryBytes,
      cpuMs: execution.cpuMs,
    });
    return ledger.get(execution.executionId);
  }
}
