/** How many executions of one span of time succeeded and failed. */
interface OutcomeStep {
  /** ISO instant of the step's start. */
  readonly at: string;
  readonly good: number;
  /** Failed, timed out or interrupted. */
  readonly bad: number;
}

/** Counts of outcomes over time. */
export interface OutcomeCounts {
  /**
   * How executions that started at or after `since` ended, by steps of `stepMs` from 1970 on; steps without any are left
   * out. Running, cancelled and skipped ones do not count.
   */
  outcomes(since: string, stepMs: number): OutcomeStep[];
}
