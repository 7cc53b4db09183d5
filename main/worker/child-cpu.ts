import { waitedChildrenCpuMs } from '../adapters/process/linux-proc.ts';

/**
 * Attributes the CPU time of ended child processes to the executions of a shared worker. The system only tells their
 * sum, so the time is known for a child that was the only one to end in its turn of the event loop.
 */
export class ChildCpu {
  readonly #total: () => number;
  readonly #known = new Map<string, number>();
  #seenMs: number;
  #ended: string[] = [];

  /** @param total returns the CPU time of all children that have ended, in ms. */
  constructor(total: () => number = waitedChildrenCpuMs) {
    this.#total = total;
    this.#seenMs = total();
  }

  /** Call from the `exit` event of the child: all children that the system reported together are counted together. */
  ended(executionId: string): void {
    if (this.#ended.push(executionId) === 1) setImmediate(() => this.#settle());
  }

  /** Returns the CPU time of the execution's process in ms, once; null if it is not known. */
  take(executionId: string): number | null {
    const cpuMs = this.#known.get(executionId) ?? null;
    this.#known.delete(executionId);
    return cpuMs;
  }

  #settle(): void {
    const totalMs = this.#total();
    const [only, ...others] = this.#ended;
    if (only !== undefined && others.length === 0) this.#known.set(only, totalMs - this.#seenMs);
    this.#seenMs = totalMs;
    this.#ended = [];
  }
}
