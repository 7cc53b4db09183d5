import { messageOf } from '../../domain/errors.ts';
import { runnerTimes } from './runner-options.ts';
import { WorkerRun } from './worker-run.ts';
import type { RunnerNeeds, RunnerTimes } from './runner-options.ts';
import type { ExecutionSpec } from '../../contract/worker.ts';
import type { ExecutionRunner, RunHandle, RunLimits } from '../../ports/execution-runner.ts';

/** Runs each execution in a worker of its own. The port says what is guaranteed. */
export class WorkerExecutionRunner implements ExecutionRunner {
  readonly #dependencies: RunnerNeeds;
  readonly #times: RunnerTimes;

  constructor(dependencies: RunnerNeeds, times: Partial<RunnerTimes> = {}) {
    this.#dependencies = dependencies;
    this.#times = { ...runnerTimes, ...times };
  }

  run(spec: ExecutionSpec, limits: RunLimits, events: Parameters<ExecutionRunner['run']>[2]): RunHandle {
    const run = new WorkerRun({ ...this.#dependencies, times: this.#times, spec, limits, events });
    try {
      run.start();
    } catch (error) {
      run.failToStart(messageOf(error));
    }
    return { finished: run.finished, cancel: (reason) => run.cancel(reason) };
  }

  warm(tools: readonly string[]): void {
    this.#dependencies.pool.warm(tools);
  }

  close(): void {
    this.#dependencies.pool.warm([]);
  }
}
