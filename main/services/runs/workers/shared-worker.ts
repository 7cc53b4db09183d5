import { Lease } from './lease.ts';
import type { FromWorker, ToWorker } from '../../../contract/worker.ts';
import type { WorkerExit, WorkerProcess } from '../../../ports/process-host.ts';

/** A worker process that serves several executions at once, each by a lease. */
export class SharedWorker {
  readonly #process: WorkerProcess;
  readonly #onFree: () => void;
  readonly #leases = new Map<string, Lease>();
  #served = 0;
  #memoryBytes = 0;
  #isReady = false;
  #isEnded = false;
  /** An execution that did not answer was given up here: it may still be there, so the process cannot be trusted. */
  #isDoubtful = false;

  /**
   * @param onFree called when the last lease has ended and when the process has.
   */
  constructor(process: WorkerProcess, onFree: () => void) {
    this.#process = process;
    this.#onFree = onFree;
    process.onMessage((message) => this.#received(message));
    process.onProtocolError((problem) => {
      for (const lease of [...this.#leases.values()]) lease.invalid(problem);
    });
    process.onExit((exit) => this.#exited(exit));
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** Executions that it runs now. */
  get load(): number {
    return this.#leases.size;
  }

  /** Executions that it has run or runs. */
  get served(): number {
    return this.#served;
  }

  /** Resident memory after the last execution that ended, in bytes; 0 before. */
  get memoryBytes(): number {
    return this.#memoryBytes;
  }

  /** True once it can run something at once. */
  get isReady(): boolean {
    return this.#isReady;
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  get isDoubtful(): boolean {
    return this.#isDoubtful;
  }

  /** Returns what the runner of one execution sees as its worker. */
  lease(executionId: string): Lease {
    this.#served += 1;
    const lease = new Lease(this, executionId);
    this.#leases.set(executionId, lease);
    return lease;
  }

  send(message: ToWorker): void {
    this.#process.send(message);
  }

  /** Ends one lease. The others go on. @param isGivenUp true if the execution did not answer. */
  release(executionId: string, isGivenUp: boolean): void {
    if (!this.#leases.delete(executionId)) return;
    this.#isDoubtful ||= isGivenUp;
    if (this.#leases.size === 0) this.#onFree();
  }

  /** Kills the process, and so interrupts every execution that it runs. */
  kill(): void {
    this.#process.kill();
  }

  #received(message: FromWorker): void {
    if (message.type === 'ready') {
      this.#isReady = true;
      return;
    }
    this.#isReady = true;
    if (message.type === 'done') this.#memoryBytes = message.workerBytes ?? 0;
    // A worker that keeps a server runs nothing, so a shared one sends no such message.
    if (message.type === 'server' || message.executionId === null) return;
    this.#leases.get(message.executionId)?.received(message);
  }

  #exited(exit: WorkerExit): void {
    this.#isEnded = true;
    const leases = [...this.#leases.values()];
    this.#leases.clear();
    for (const lease of leases) lease.exited(exit);
    this.#onFree();
  }
}
