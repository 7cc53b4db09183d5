import type { BudgetRefusal, Budgets } from '../../budgets/budgets.ts';
import type { Attempt } from './attempt.ts';

/** Keeps a run from starting once a budget is used up. A run that a person started has no `onRefused`, and always passes. */
export class BudgetGate {
  readonly #budgets: Pick<Budgets, 'refusal'>;
  readonly #attempt: Pick<Attempt, 'task' | 'onRefused'>;
  #refusal: BudgetRefusal | null = null;

  constructor(budgets: Pick<Budgets, 'refusal'>, attempt: Pick<Attempt, 'task' | 'onRefused'>) {
    this.#budgets = budgets;
    this.#attempt = attempt;
  }

  /** Call in the transaction that records the run, so that runs which start at the same moment count each other. */
  readonly passes = (): boolean => {
    this.#refusal = this.#attempt.onRefused === undefined ? null : this.#budgets.refusal(this.#attempt.task);
    return this.#refusal === null;
  };

  /** Call after that transaction: tells the refusal, if there was one. */
  tell(): void {
    if (this.#refusal !== null) this.#attempt.onRefused?.(this.#refusal);
  }
}
