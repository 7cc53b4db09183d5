import { z } from 'zod';

/** What a cleanup by the limits of the settings deleted. */
export const cleanupResultSchema = z.object({
  /** Runs deleted with their logs. */
  executions: z.number().int(),
  /** Runs that lost only their log, because all logs together exceeded the limit. */
  logs: z.number().int(),
  /** Deleted log files that belonged to no known run. */
  strayLogs: z.number().int(),
  /** Old claims and decisions. */
  slots: z.number().int(),
  /** Old entries of the history of changes. */
  changes: z.number().int(),
  /** Alerts that were sent or given up. */
  alerts: z.number().int(),
  /** Files that could not be deleted. */
  failures: z.array(z.object({ path: z.string(), message: z.string() })),
});
