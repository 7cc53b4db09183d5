import type { FromWorker, ToWorker } from '../../../contract/worker.ts';
import type { WorkerExit, WorkerProcess } from '../../../ports/process-host.ts';
import type { SharedWorker } from './shared-worker.ts';

/**
 * One execution's part of a shared worker. To its runner it is a worker process: it ends once the report is
 * acknowledged, or with the process. Unlike a process, it can be given up without an effect on other executions.
 */
export class Lease implements WorkerProcess {
  readonly #worker: SharedWorker;
  readonly #executionId: string;
  #onMessage: (message: FromWorker) => void = () => undefined;
  #onProblem: (problem: string) => void = () => undefined;
  #onExit: (exit: WorkerExit) => void = () => undefined;
  #stopWaiting: () => void = () => undefined;
  #isEnded = false;

  constructor(worker: SharedWorker, executionId: string) {
    this.#worker = worker;
    this.#executionId = executionId;
  }

  get pid(): number | undefined {
    return this.#worker.pid;
  }

  /** @param stop stops a timer that waits until the worker begins the execution. */
  waitsWith(stop: () => void): void {
    this.#stopWaiting = stop;
  }

  send(message: ToWorker): void {
    if (this.#isEnded) return;
    if (message.type === 'acknowledge') {
      // Not within the caller's step: a process does not end within it either.
      queueMicrotask(() => this.#end(false, { code: 0, signal: null, failure: null }));
      return;
    }
    this.#worker.send(message.type === 'run' ? { ...message, shared: true } : message);
  }

  onMessage(listener: (message: FromWorker) => void): void {
    this.#onMessage = listener;
  }

  onProtocolError(listener: (problem: string) => void): void {
    this.#onProblem = listener;
  }

  onExit(listener: (exit: WorkerExit) => void): void {
    this.#onExit = listener;
  }

  /** Gives the execution up: its processes are left to the ProcessTree. */
  kill(): void {
    queueMicrotask(() => this.#end(true, { code: null, signal: 'SIGKILL', failure: null }));
  }

  received(message: FromWorker): void {
    this.#stopWaiting();
    if (!this.#isEnded) this.#onMessage(message);
  }

  invalid(problem: string): void {
    this.#onProblem(problem);
  }

  exited(exit: WorkerExit): void {
    this.#end(false, exit);
  }

  #end(isGivenUp: boolean, exit: WorkerExit): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#stopWaiting();
    this.#worker.release(this.#executionId, isGivenUp);
    this.#onExit(exit);
  }
}
