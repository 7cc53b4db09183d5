import { SchedulerError } from '../../domain/errors.ts';
import type { Clock } from '../../ports/clock.ts';
import type { AuditTrail } from '../../ports/ledger/audit.ts';
import type { ExecutionRecords } from '../../ports/ledger/executions.ts';
import type { ProcessTree } from '../../ports/process-tree.ts';

export interface PersonOnlyNeeds {
  readonly ledger: AuditTrail & Pick<ExecutionRecords, 'running'>;
  readonly clock: Clock;
  readonly processTree: Pick<ProcessTree, 'isAlive' | 'contains'>;
  /** Id of this process. */
  readonly pid: number;
}

/**
 * Refuses, inside a run, what only a person may decide: a task is no person, and an agent may have created it. This is
 * no wall against a program that detaches itself from its run, or that edits files.
 */
export class PersonOnly {
  readonly #needs: PersonOnlyNeeds;

  constructor(needs: PersonOnlyNeeds) {
    this.#needs = needs;
  }

  /**
   * @param action what is asked for, such as `agents set`
   * @param markedRun the value of NCP_EXECUTION_ID in the environment of this process
   * @throws SchedulerError `agent/inside-run`; the attempt is recorded.
   */
  assertOutsideRun(action: string, markedRun: string | undefined): void {
    const executionId = this.runAround(markedRun);
    if (executionId === null) return;
    const { ledger, clock } = this.#needs;
    const taskId = ledger.running().find(({ execution }) => execution.executionId === executionId)?.execution.taskId;
    ledger.audit({
      ...{ at: clock.nowIso(), author: `run:${executionId}`, action: 'agent.refused', taskId: taskId ?? null },
      ...{ before: null, after: { command: action, executionId } },
    });
    const message = `\`${action}\` is refused inside the run of a task: only a person may decide this. Call it in a terminal that no task has started.`;
    throw new SchedulerError('agent/inside-run', message, { command: action, executionId });
  }

  /** Returns the id of the run that this process is in; null if it is in none. @param markedRun as above */
  runAround(markedRun: string | undefined): string | null {
    return markedRun ?? this.#runOfThisProcess();
  }

  /** Returns the run below which this process is, also if its environment was cleared; null if there is none. */
  #runOfThisProcess(): string | null {
    const { ledger, processTree, pid } = this.#needs;
    const run = ledger.running().find(({ execution: { executionId }, owner, worker }) => {
      // No worker is recorded while one serves several runs. It is a child of the scheduler, which a terminal never is.
      const above = worker ?? owner;
      const root = processTree.isAlive(above) ? above.pid : 0;
      return processTree.contains(root, executionId, pid);
    });
    return run?.execution.executionId ?? null;
  }
}
