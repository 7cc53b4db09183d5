import { messageOf } from '../../domain/errors.ts';
import { runnerTimes } from './runner-options.ts';
import { WorkerRun } from './worker-run.ts';
import type { RunEvents, RunLimits, RunnerNeeds, RunnerTimes } from './runner-options.ts';
import type { CancelReason, ExecutionSpec } from '../../contract/worker.ts';
import type { RunResult } from './execution-outcome.ts';

export interface RunHandle {
  /** Settles once the worker is gone and no descendant is left. Never rejects: every failure is an outcome. */
  readonly finished: Promise<RunResult>;
  /** Stops the run in steps: a message, TERM, then KILL. Safe to call again; the first reason is kept. */
  cancel(reason: CancelReason): void;
}

/** Runs one execution in a worker: protocol, deadline, limits, outcome. Only the worker can report success. */
export interface ExecutionRunner {
  run(spec: ExecutionSpec, limits: RunLimits, events: RunEvents): RunHandle;
  /**
   * Has an idle worker for each of these tools, so that the next executions start at once; surplus ones end.
   * @param shared true to have a shared worker too.
   */
  warm(tools: readonly string[], shared: boolean): void;
  /** Ends idle workers. */
  close(): void;
}

/** Runs each execution in a worker of its own, or in one that serves several. */
export class WorkerExecutionRunner implements ExecutionRunner {
  readonly #needs: RunnerNeeds;
  readonly #times: RunnerTimes;

  constructor(needs: RunnerNeeds, times: Partial<RunnerTimes> = {}) {
    this.#needs = needs;
    this.#times = { ...runnerTimes, ...times };
  }

  run(spec: ExecutionSpec, limits: RunLimits, events: RunEvents): RunHandle {
    const run = new WorkerRun({ ...this.#needs, times: this.#times, spec, limits, events });
    try {
      run.start();
    } catch (error) {
      run.failToStart(messageOf(error));
    }
    return { finished: run.finished, cancel: (reason) => run.cancel(reason) };
  }

  warm(tools: readonly string[], shared: boolean): void {
    this.#needs.pool.warm(tools);
    if (shared) this.#needs.shared.warm();
  }

  close(): void {
    this.#needs.pool.warm([]);
    this.#needs.shared.close();
  }
}
