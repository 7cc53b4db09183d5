import type { Spent } from '../../domain/policy/budget.ts';

/**
 * Adds up what runs use, by account and day. An account is what has a budget: a task, or all tasks of an agent. The
 * sums only grow: retention deletes runs, but not what they used.
 */
export interface UsageSums {
  /**
   * Returns what runs of an account used that started on or after a day (`2026-11-29`), those in progress included up to
   * `at` (ISO instant). Their cost is known when they end.
   */
  usage(account: string, fromDay: string, at: string): Spent;
  /** Removes the sums of days before this one. Returns how many. */
  removeUsage(beforeDay: string): number;
}
