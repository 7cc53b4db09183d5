import type { RecentRun } from '../../contract/recent-runs.ts';

/** How many executions succeeded and failed in one step of time. */
interface OutcomeStep {
  /** ISO instant of the step's start. */
  readonly at: string;
  readonly good: number;
  /** Failed, timed out or interrupted. */
  readonly bad: number;
}

/** Counts outcomes over time. */
export interface OutcomeCounts {
  /**
   * Returns how executions that started at or after `since` ended, in steps of `stepMs` counted from 1970. Omits steps
   * without executions. Running, cancelled and skipped executions do not count.
   */
  outcomes(since: string, stepMs: number): OutcomeStep[];
  /** Returns the latest `limit` runs of each task, newest first, without test runs and skipped ones. */
  latestRuns(taskIds: readonly string[], limit: number): Map<string, RecentRun[]>;
}
