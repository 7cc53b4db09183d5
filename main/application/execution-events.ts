import type { Execution } from '../contract/execution.ts';
import type { ExecutionObserver } from '../ports/execution-observer.ts';

/** Passes on what the engine reports to whoever listens: the engine is made before its listeners are. */
export class ExecutionEvents implements ExecutionObserver {
  readonly #listeners: Partial<ExecutionObserver>[] = [];

  listen(listener: Partial<ExecutionObserver>): void {
    this.#listeners.push(listener);
  }

  started(execution: Execution): void {
    for (const listener of this.#listeners) listener.started?.(execution);
  }

  ended(execution: Execution): void {
    for (const listener of this.#listeners) listener.ended?.(execution);
  }

  logGrew(executionId: string, logBytes: number): void {
    for (const listener of this.#listeners) listener.logGrew?.(executionId, logBytes);
  }
}
