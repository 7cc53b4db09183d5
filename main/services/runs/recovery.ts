import type { Execution } from '../../contract/execution.ts';
import type { Clock } from '../../ports/clock.ts';
import type { LogFiles } from '../../ports/log-files.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { SlotWaits } from '../../ports/ledger/waits.ts';

/** No process has this pid, and no process has it as its parent. */
const NO_PROCESS = -1;

export interface RecoveryNeeds {
  readonly ledger: ExecutionRecords & SlotWaits;
  readonly clock: Clock;
  readonly processTree: ProcessTree;
  readonly files: Pick<LogFiles, 'size' | 'writtenAt'>;
}

/**
 * Ends executions whose owner is gone (crash, power cut, SIGKILL): stops what they started, and marks them
 * `interrupted` with the log they have. Ends the waits of such owners too, so that their slots are planned again. A process is alive only if pid and start time match, so a reused pid does not
 * count.
 */
export class Recovery {
  readonly #needs: RecoveryNeeds;

  constructor(needs: RecoveryNeeds) {
    this.#needs = needs;
  }

  run(): Execution[] {
    const { ledger, processTree } = this.#needs;
    for (const wait of ledger.waits()) {
      if (!processTree.isAlive(wait.owner)) ledger.endWait(wait);
    }
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
    const { ledger, files } = this.#needs;
    const message = 'The scheduler ended (crash, power cut or kill) while this ran, so its outcome is not known.';
    ledger.finish(execution.executionId, {
      status: 'interrupted',
      completedAt: this.#endOf(execution),
      exitCode: null,
      signal: null,
      result: null,
      error: { code: 'execution/interrupted', message },
      logBytes: execution.logPath === null ? 0 : files.size(execution.logPath),
      peakMemoryBytes: execution.peakMemoryBytes,
      cpuMs: execution.cpuMs,
    });
    return ledger.get(execution.executionId);
  }

  /**
   * Returns when the run ended: its worker notices at once that its owner is gone, stops the run and says so in the log.
   * Without a log, the run ended at an unknown time and this instant stands for it.
   */
  #endOf({ startedAt, logPath }: Execution): string {
    const { clock, files } = this.#needs;
    const writtenMs = logPath === null ? null : files.writtenAt(logPath);
    if (writtenMs === null) return clock.nowIso();
    return new Date(Math.min(clock.now(), Math.max(Date.parse(startedAt), Math.floor(writtenMs)))).toISOString();
  }
}
