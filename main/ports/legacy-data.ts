/** A file of ncp's own scheduler that holds definitions: V1's `jobs.json`, V2's `schedule.json`. */
type LegacyFile = 'jobs.json' | 'schedule.json';

/** The files that ncp's own scheduler left in a directory. Reads only, except `retireJobs`. */
export interface LegacyData {
  /**
   * Returns the text of a file, or null if it does not exist.
   * @throws SchedulerError `store/unreadable` for an existing file that cannot be read.
   */
  read(dir: string, file: LegacyFile): string | null;
  /** Returns the texts of earlier `jobs.json.backup-*`, newest first; skips unreadable ones. */
  jobBackups(dir: string): string[];
  /** Returns the rows of `executions/summary.csv` by column name; empty if the file does not exist or is not CSV. */
  executionRows(dir: string): Readonly<Record<string, string>>[];
  /** Returns the texts of `executions/results/*.json`; skips unreadable ones. */
  executionDocuments(dir: string): string[];
  /**
   * Renames `jobs.json` to `jobs.json.backup-<time>` and returns the new path.
   * @throws SchedulerError `store/read-only`, `store/write-failed`.
   */
  retireJobs(dir: string, atIso: string): string;
}
