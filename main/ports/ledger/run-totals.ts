import type { Execution } from '../../contract/execution.ts';
import type { Spent } from '../../domain/policy/budget.ts';

/** What the runs of a task add up to in a period, without test runs and skipped ones. */
export interface RunTotals {
  readonly runs: number;
  /** Failed, timed out or interrupted. */
  readonly failures: number;
  /** Sum of the durations of the ended runs, in ms. */
  readonly busyMs: number;
  /** Sum of their CPU time in ms; null if it was measured for none. */
  readonly cpuMs: number | null;
  /** The largest peak of resident memory, in bytes; null if it was measured for none. */
  readonly peakMemoryBytes: number | null;
  /** Number of all runs of the task that the ledger still has, and the start of the oldest; null if it has none. */
  readonly kept: number;
  readonly oldestAt: string | null;
}

/** A run with what it takes to compare it with the runs around it. */
export type ComparedRun = Pick<Execution, 'executionId' | 'trigger' | 'status' | 'startedAt' | 'duration' | 'logBytes'>;

/** Adds up runs. Each method looks into one index, for each task or span of time that it is given. */
export interface RunSums {
  /** Returns what the runs of a task that started at or after `since` add up to. */
  runTotals(taskId: string, since: string): RunTotals;
  /** Returns the latest `limit` runs of a task, newest first, without test runs. */
  comparedRuns(taskId: string, limit: number): ComparedRun[];
  /** Returns how many runs, without test runs, started in each minute from `from` on and before `until`. Omits idle minutes. */
  startsByMinute(from: string, until: string): { atMs: number; starts: number }[];
}

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
