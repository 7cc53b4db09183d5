import type { Clock } from '../../ports/clock.ts';

/** Waits of one process, which all end when the process is asked to end. */
export class StoppableWaits {
  readonly #clock: Clock;
  readonly #ends = new Set<() => void>();
  #stopped = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** True once `stop` was called: nothing may start any more. */
  get stopped(): boolean {
    return this.#stopped;
  }

  /** Resolves after `delayMs`, or when the waits are stopped; at once if they already are. */
  async for(delayMs: number): Promise<void> {
    if (this.#stopped) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        cancel();
        this.#ends.delete(end);
        resolve();
      };
      const cancel = this.#clock.setTimer(end, delayMs);
      this.#ends.add(end);
    });
  }

  stop(): void {
    this.#stopped = true;
    for (const end of [...this.#ends]) end();
  }
}
