import type { LintFinding, LintKind } from '../contract/lint.ts';
import type { ScheduleSpec } from '../domain/timing/schedule-spec.ts';
import type { OwnFile } from './import-files.ts';

/** One schedule of a file. */
export interface LintItem {
  /** From 1; null if the format does not tell. */
  readonly line: number | null;
  readonly name: string;
  readonly expression: string | null;
  /** Empty if it could not be read, or depends on an event. */
  readonly schedules: readonly ScheduleSpec[];
  /** What the reader found. Findings about the times follow from the schedules. */
  readonly findings: readonly LintFinding[];
}

export interface LintReading {
  readonly kind: Exclude<LintKind, 'ncp-scheduler'>;
  readonly items: readonly LintItem[];
  readonly findings: readonly LintFinding[];
}

export interface LintText {
  /** Path, or what stands in its place. Part of the detection: `backup.timer`, `/etc/cron.d/backup`. */
  readonly name: string;
  readonly text: string;
}

/** Schedules of other programs, read to be checked. Read-only. */
export interface LintFiles {
  /**
   * Returns the file, or the files below a folder, with their text. Leaves out `.git`, `node_modules`, and in a folder
   * what is larger than 1 MiB or not text.
   * @throws SchedulerError `usage/import-unreadable`
   */
  open(path: string): Promise<readonly LintText[]>;
  /**
   * Returns what the file contains; null if its kind is unknown.
   * @param kind null detects the kind by the name and the content
   */
  read(file: LintText, kind: LintKind | null): LintReading | OwnFile | null;
}
