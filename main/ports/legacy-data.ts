/** A file of ncp's own scheduler that holds definitions: V1's `jobs.json`, V2's `schedule.json`. */
type LegacyFile = 'jobs.json' | 'schedule.json';

/** The files ncp's own scheduler left in a directory. Reads only, except `retireJobs`. */
export interface LegacyData {
  /**
   * The text of a file, or null where there is none.
   * @throws SchedulerError `store/unreadable` for one that is there and cannot be read.
   */
  read(dir: string, file: LegacyFile): string | null;
  /** The texts of earlier `jobs.json.backup-*`, newest first; those that cannot be read are left out. */
  jobBackups(dir: string): string[];
  /** The rows of `executions/summary.csv` by column name; empty where there is no such file or it is no CSV. */
  executionRows(dir: string): Readonly<Record<string, string>>[];
  /** The texts of `executions/results/*.json`; those that cannot be read are left out. */
  executionDocuments(dir: string): string[];
  /**
   * Renames `jobs.json` to `jobs.json.backup-<time>` and returns the new path.
   * @throws SchedulerError `store/read-only`, `store/write-failed`.
   */
  retireJobs(dir: string, atIso: string): string;
}
