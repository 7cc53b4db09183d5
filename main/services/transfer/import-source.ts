import type { ImportKind, SecretReference } from '../../contract/transfer.ts';
import type { Task, Timing } from '../../contract/task.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import type { CarriedRunState } from '../../ports/ledger/history.ts';

/** A task as a file defines it, before it is compared with the schedule here. */
export interface ImportCandidate {
  /** Identifies the task within this import. */
  readonly key: string;
  /** Its id is the file's or, if the file has none, a new one. `timingId` is ignored. */
  readonly task: Task;
  readonly spec: ScheduleSpec;
  /** Where the task was found; null for our own file format. */
  readonly source: string | null;
  readonly notes: readonly string[];
  readonly figures: CarriedRunState | null;
}

/** An item of a file that cannot become a task. */
export interface ImportRefusal {
  readonly source: string;
  readonly name: string;
  readonly reason: string;
}

/** The content of a file, whatever its kind. */
export interface ImportSource {
  readonly kind: ImportKind;
  /** True for a file that does not prove that this data directory exported it. */
  readonly elsewhere: boolean;
  readonly candidates: readonly ImportCandidate[];
  readonly refused: readonly ImportRefusal[];
  /** The groups of the file, for the names that people gave them. */
  readonly timings: readonly Timing[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** References that replace secrets; the paths start at `{ settings, tasks }`. */
  readonly secrets: readonly SecretReference[];
  /** The person's crontab as it was read on this machine; absent for anything else. */
  readonly original?: string;
  /** Notes on the whole file. */
  readonly notes: readonly string[];
}
