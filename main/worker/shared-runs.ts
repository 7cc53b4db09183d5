import { startInRunGroup } from '../adapters/process/run-groups.ts';
import { ChildCpu } from './child-cpu.ts';
import type { ChildProcess } from 'node:child_process';
import type { FromWorker } from '../contract/worker.ts';
import type { SharedStart } from './runners/task-process.ts';

/** What an execution in a worker that serves others too does differently. */
export interface SharedRun extends SharedStart {
  /** CPU time of the execution's ended process in ms; null if it is not known. */
  cpuMs(): number | null;
  /** Resident memory of this worker in bytes, for the parent that decides when to replace it. */
  workerBytes(): number;
}

export interface SharedRunNeeds {
  readonly executionId: string;
  /** Limit of processes; undefined for none. */
  readonly processes: number | undefined;
  readonly send: (message: FromWorker) => void;
  readonly onProblem: (problem: string) => void;
}

/** The executions of a shared worker, as far as they share something. */
export class SharedRuns {
  readonly #cpu = process.platform === 'linux' ? new ChildCpu() : null;

  of({ executionId, processes, send, onProblem }: SharedRunNeeds): SharedRun {
    return {
      start: (spawn) => {
        const child = startInRunGroup(executionId, processes, spawn, onProblem);
        this.#follow(executionId, child);
        if (child.pid !== undefined) send({ type: 'process', executionId, pid: child.pid });
        return child;
      },
      cpuMs: () => this.#cpu?.take(executionId) ?? null,
      workerBytes: () => process.memoryUsage.rss(),
    };
  }

  #follow(executionId: string, child: ChildProcess): void {
    child.once('exit', () => this.#cpu?.ended(executionId));
  }
}
