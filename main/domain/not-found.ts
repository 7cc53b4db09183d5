import { SchedulerError } from './errors.ts';

/** What was found of an execution. @throws SchedulerError `execution/not-found` for null. */
export function foundExecution<T>(found: T | null, executionId: string): T {
  if (found !== null) return found;
  throw new SchedulerError(
    'execution/not-found',
    `There is no run with the id "${executionId}". The retention settings remove old runs.`,
    { executionId },
  );
}
