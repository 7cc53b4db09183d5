import type { ImportKind, SecretReference } from '../../contract/transfer.ts';
import type { Task, Timing } from '../../contract/task.ts';
import type { ScheduleSpec } from '../../domain/timing/schedule-spec.ts';
import type { CarriedRunState } from '../../ports/ledger.ts';

/** A task as a file says it, before anything here is looked at. */
export interface ImportCandidate {
  /** Names it within this import. */
  readonly key: string;
  /** Its id is the file's; where the file knows none, one that nothing here has. `timingId` counts for nothing. */
  readonly task: Task;
  readonly spec: ScheduleSpec;
  /** Where it was found, or null for a file of our own. */
  readonly source: string | null;
  readonly notes: readonly string[];
  readonly figures: CarriedRunState | null;
}

/** What a file holds that cannot become a task. */
export interface ImportRefusal {
  readonly source: string;
  readonly name: string;
  readonly reason: string;
}

/** A file that was read, whatever its kind. */
export interface ImportSource {
  readonly kind: ImportKind;
  readonly candidates: readonly ImportCandidate[];
  readonly refused: readonly ImportRefusal[];
  /** The file's groups, for names that a person gave them. */
  readonly timings: readonly Timing[];
  readonly settings: Readonly<Record<string, unknown>>;
  /** References that stand in the place of secrets; the paths start at `{ settings, tasks }`. */
  readonly secrets: readonly SecretReference[];
  /** What concerns the whole file. */
  readonly notes: readonly string[];
}
