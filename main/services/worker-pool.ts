import type { ProcessHost, WorkerProcess } from '../ports/process-host.ts';

/** A worker only moves messages and bytes. One that needs more than this is out of order, and fails alone. */
const MAX_HEAP_MB = 512;

/**
 * Started, idle workers. A worker taken from here runs one execution and is gone, so the pool only saves the time a
 * process needs to start. An idle worker costs about 45 MB of resident memory, most of it shared with its siblings.
 */
export class WorkerPool {
  readonly #host: ProcessHost;
  readonly #idle = new Set<WorkerProcess>();
  #started = 0;

  constructor(host: ProcessHost) {
    this.#host = host;
  }

  get idle(): number {
    return this.#idle.size;
  }

  /** Starts or ends idle workers until there are `count`. */
  warm(count: number): void {
    while (this.#idle.size < count) this.#add();
    for (const worker of [...this.#idle].slice(count)) {
      this.#idle.delete(worker);
      worker.kill();
    }
  }

  /** An idle worker, the one that has been up longest; null if there is none. */
  take(): WorkerProcess | null {
    const [worker] = this.#idle;
    if (!worker) return null;
    this.#idle.delete(worker);
    return worker;
  }

  /** A fresh worker of this name. */
  start(name: string): WorkerProcess {
    return this.#host.start({ name, maxHeapMb: MAX_HEAP_MB });
  }

  #add(): void {
    this.#started += 1;
    const worker = this.#host.start({ name: `warm-${this.#started}`, maxHeapMb: MAX_HEAP_MB });
    this.#idle.add(worker);
    worker.onExit(() => this.#idle.delete(worker));
  }
}
