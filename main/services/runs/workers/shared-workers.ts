import { SharedWorker } from './shared-worker.ts';
import type { Clock } from '../../../ports/clock.ts';
import type { WorkerProcess } from '../../../ports/process-host.ts';
import type { WorkerPool } from './worker-pool.ts';

export interface SharedWorkersNeeds {
  readonly pool: WorkerPool;
  readonly clock: Clock;
}

/** Executions that one shared worker runs at the same time; more get another worker. */
const MOST_AT_ONCE = 64;
/** Executions after which a worker is replaced, so that nothing small that is never freed adds up. */
const MOST_SERVED = 1000;
/** Resident memory from which a worker is replaced, in bytes. It begins with about 50 MiB, most of it shared. */
const MOST_MEMORY_BYTES = 192 * 1024 ** 2;
/** How long an idle worker stays, in ms: longer than the minute between two slots. */
const IDLE_MS = 90_000;
/** A worker that has answered before and does not begin an execution within this time hangs, in ms. */
const HANGS_AFTER_MS = 20_000;

/**
 * Keeps the workers that serve several executions at once. One that has served its number of executions, has grown too
 * much, or failed to answer gets no more and ends after its last one.
 */
export class SharedWorkers {
  readonly #needs: SharedWorkersNeeds;
  #workers: SharedWorker[] = [];
  #stopIdle: () => void = () => undefined;

  constructor(needs: SharedWorkersNeeds) {
    this.#needs = needs;
  }

  /** Returns a part of a shared worker for one execution. @throws if no process can be started. */
  lease(executionId: string): WorkerProcess {
    const worker = this.#worker();
    const lease = worker.lease(executionId);
    if (worker.isReady) lease.waitsWith(this.#needs.clock.setTimer(() => worker.kill(), HANGS_AFTER_MS));
    return lease;
  }

  /** Has a worker ready, so that the next execution starts at once. */
  warm(): void {
    this.#worker();
    this.#freed();
  }

  /** Ends the workers that run nothing. */
  close(): void {
    this.#stopIdle();
    for (const worker of this.#workers) if (worker.load === 0) worker.kill();
  }

  #worker(): SharedWorker {
    const usable = this.#workers.find((worker) => worker.load < MOST_AT_ONCE && mayServe(worker));
    if (usable !== undefined) return usable;
    const { pool } = this.#needs;
    const started = new SharedWorker(pool.take('shell:run') ?? pool.start('shared'), () => this.#freed());
    this.#workers.push(started);
    return started;
  }

  /** Removes ended workers, ends those that get no more executions, and lets an idle one wait for the next. */
  #freed(): void {
    this.#workers = this.#workers.filter(({ isEnded }) => !isEnded);
    this.#stopIdle();
    const idle = this.#workers.filter(({ load }) => load === 0);
    for (const worker of idle) if (!mayServe(worker)) worker.kill();
    if (idle.length === 0) return;
    this.#stopIdle = this.#needs.clock.setTimer(() => {
      for (const worker of this.#workers) if (worker.load === 0) worker.kill();
    }, IDLE_MS);
  }
}

function mayServe(worker: SharedWorker): boolean {
  if (worker.isEnded || worker.isDoubtful) return false;
  return worker.served < MOST_SERVED && worker.memoryBytes < MOST_MEMORY_BYTES;
}
